"""From bytes to text, whatever wrote them."""
