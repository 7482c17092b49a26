"""Forms about money, one module per subject."""
