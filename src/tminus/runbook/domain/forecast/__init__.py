"""What will happen, and how surely: the forecast of an iteration."""
