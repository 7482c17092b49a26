"""Lists as people sort, filter and download them."""
