"""Shared pages of procurement on which upper apps put panels."""

# A contract; its subject is the contract.
CONTRACT_PAGE = "contract"
# A plan; its subject is the plan.
PLAN_PAGE = "plan"
# A goal on its way from framework to clause; its subject is the goal.
GOAL_LINE = "goal-line"
# The choice of funding form and procedure of a segment; its subject is the segment.
CHOICE_PAGE = "choice"
