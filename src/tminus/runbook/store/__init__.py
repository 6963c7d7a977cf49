"""Tables and SQL of the runbook; other slices join through `runbook.views`."""
