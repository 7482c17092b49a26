"""The version of the calculations, stored with every result; raise it when figures change."""

CALCULATION = "finance-7"
