"""What the doctor says: one thing looked at, in what state it is, and what to do about it."""

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warning", "error"]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `warning`: it works, but less is protected or it may soon not work;
    `error`: Tminus cannot run like this. `hint` says what to do and is empty when all is well."""

    name: str
    state: State
    sentence: str
    hint: str = ""
