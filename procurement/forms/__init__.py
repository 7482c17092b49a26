"""Forms of procurement: contracts and tariffs, parts of contracts, steps."""
