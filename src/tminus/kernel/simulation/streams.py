"""Random numbers that belong to a name: the same seed and name give the same, whoever else is drawn for.

So a step that ends takes its own numbers with it and moves nobody else's ("common random numbers"): between two
forecasts figures move by what happened, not by chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

_WARM_UP = 12
"""Rounds after which the generator's author lets its numbers be used (Doty-Humphrey, PractRand, 2014)."""


def standard_normals(seed: int, names: Sequence[str], draws: int) -> NDArray[np.float32]:
    """Return names × draws standard normals, each row from its own stream.

    One small generator (SFC64) is set to a state hashed from seed and name instead of making thousands of them.
    """
    numbers = np.empty((len(names), draws), np.float32)
    bits = np.random.SFC64(0)
    generator = np.random.Generator(bits)
    state = bits.state
    words = state["state"]["state"]
    key = seed.to_bytes(16, "big", signed=True)
    for row, name in enumerate(names):
        words[:3] = np.frombuffer(blake2b(name.encode(), digest_size=24, key=key).digest(), np.uint64)
        words[3] = 1
        bits.state = state
        bits.random_raw(_WARM_UP, output=False)
        generator.standard_normal(dtype=np.float32, out=numbers[row])
    return numbers
