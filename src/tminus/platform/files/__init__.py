"""Files that people give: kept in an object store, believed only by their own bytes."""
