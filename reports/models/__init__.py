from .announcement import Announcement
from .cycle import Milestone, ReportingCycle
from .edition import Edition
from .readers import ReadCount, ReaderQuestion
from .writing import Adoption, Comment, Passage

__all__ = [
    "Adoption",
    "Announcement",
    "Comment",
    "Edition",
    "Milestone",
    "Passage",
    "ReadCount",
    "ReaderQuestion",
    "ReportingCycle",
]
