"""A hundred and more broken files, made in code, the same each time: what real imports are full of, and worse."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from tests.broken.foreign import foreign
from tests.broken.kit import Broken
from tests.broken.pages import pages
from tests.broken.plans import checklists, plans, projects
from tests.broken.tables import tables, workbooks
from tests.broken.zips import zips


def broken_files() -> Iterator[Broken]:
    """Yield the files; a large one is made while it is read and is never whole in memory.

    `expected` is the code of the finding that tells what is wrong, `*` where any finding does, and None where
    the file loads without an error.
    """
    yield from chain(foreign(), zips(), pages(), plans(), checklists(), projects(), tables(), workbooks())
