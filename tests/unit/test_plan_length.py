"""How long a plan takes, and what a version changes of it."""

from __future__ import annotations

from tminus.kernel.network import Link
from tminus.runbook.domain.plan_length import Length, PlacedStep, effect, length_of


def step(code: str, minutes: int, **more: str) -> PlacedStep:
    return PlacedStep(code, minutes * 60, "A1", "A", **more)


def test_the_length_is_that_of_the_longest_chain_and_heeds_moments_after_t_0() -> None:
    links = [Link("T-1", "T-3"), Link("T-2", "T-3", 300), Link("T-3", "GONE")]
    steps = [step("T-1", 10), step("T-2", 20), step("T-3", 5)]
    assert length_of(steps, links) == Length(30 * 60, 3, ("T-2", "T-3"))
    late = [*steps, step("T-4", 1, not_before="T+2h", fixed_start="Sun 06:00")]
    assert length_of(late, links) == Length(121 * 60, 4, ("T-4",))
    assert length_of([], []) == Length(0, 0, ())


def test_the_effect_names_what_comes_onto_the_chain_and_what_leaves_it() -> None:
    found = effect(Length(60, 3, ("A", "B", "C")), Length(50, 3, ("A", "D", "C")))
    assert (found.joined, found.left) == (("D",), ("B",))
