"""Networks for benches, from their size alone: so many steps in so many layers, the same numbers the same network."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tminus.kernel.network import Link
from tminus.kernel.schedule import Network

KINDS = ("FS", "FS", "FS", "SS", "FF", "SF")
LAGS = (0, 0, 0, 300, -120)
STEPS_IN_A_CHAPTER = 100


def chained(count: int, depth: int) -> Network[str]:
    """Return steps in layers, each after one of the layer before and up to two more, by finish to start alone."""
    rng = random.Random(count)
    pairs = list(_pairs(rng, count, depth))
    durations = {_name(n): 60 * rng.randint(5, 90) for n in range(count)}
    return Network(durations, links=[Link(_name(one), _name(other)) for one, other in pairs])


def full(count: int, depth: int) -> Network[str]:
    """Return the same steps and links in chapters; of a step's further links half are of other kinds or with a lag."""
    plain = chained(count, depth)
    rng = random.Random(depth)
    seen: set[str] = set()
    links = []
    for link in plain.links:
        other = link.successor in seen
        seen.add(link.successor)
        links.append(link._replace(kind=rng.choice(KINDS), lag=rng.choice(LAGS)) if other else link)
    groups = [f"A{n}" for n in range(-(-count // STEPS_IN_A_CHAPTER))]
    inside = {name: groups[place // STEPS_IN_A_CHAPTER] for place, name in enumerate(plain.durations)}
    return Network(plain.durations, groups, inside, links)


def _name(n: int) -> str:
    return f"TRT-{n}"


def _pairs(rng: random.Random, count: int, depth: int) -> Iterator[tuple[int, int]]:
    wide = count / depth
    for n in range(count):
        layer = int(n / wide)
        if layer:
            low, high = -int(-(layer - 1) * wide // 1), min(-int(-layer * wide // 1), n)
            before = {rng.randrange(low, high)}
            before |= {
                rng.randrange(max(0, int(low - 3 * wide)), high) for _ in range(rng.choice((0, 1, 1, 2)))
            }
            yield from ((one, n) for one in sorted(before, key=lambda one: one < low))
