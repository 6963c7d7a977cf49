"""Rehearsals side by side: what the iterations of one plan did, step by step, and what the plan can learn of it.

Everything here is pure. `history` is what happened; `marks` says what stands out in it; `durations`, `order` and
`missing` each see one kind of thing that the plan could have different, and give it as an `Insight` with its evidence.
"""
