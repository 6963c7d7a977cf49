"""A whole night of many people against the running product, and what its log must show."""
