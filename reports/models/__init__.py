from .announcement import Announcement
from .cycle import Milestone, ReportingCycle
from .edition import Edition
from .national import NationalFigure
from .readers import ReadCount, ReaderQuestion
from .theme import EditionTheme
from .writing import Adoption, Comment, Passage

__all__ = [
    "Adoption",
    "Announcement",
    "Comment",
    "Edition",
    "EditionTheme",
    "Milestone",
    "NationalFigure",
    "Passage",
    "ReadCount",
    "ReaderQuestion",
    "ReportingCycle",
]
