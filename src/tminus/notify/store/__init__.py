"""Tables and SQL of notify."""
