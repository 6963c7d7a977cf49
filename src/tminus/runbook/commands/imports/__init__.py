"""Plan imports, from the raw file to a plan version and back: receive, stage, check, accept, commit, undo."""
