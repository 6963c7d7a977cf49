"""SQL of plan imports: what was staged, what is wrong with it, what it would make of the plan, and making it so."""
