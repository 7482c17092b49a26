"""Fixed choices, one module per subject."""
