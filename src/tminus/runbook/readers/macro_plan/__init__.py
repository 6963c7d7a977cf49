"""The macro-plan as files: a table to paste, one page to send, a team's calendar."""
