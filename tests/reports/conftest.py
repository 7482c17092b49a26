from tests.golden_region import golden

__all__ = ["golden"]
