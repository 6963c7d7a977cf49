"""When everything in a network happens: one engine for plans, for live iterations, and for draws of them."""

from tminus.kernel.schedule.calendar import Blackouts
from tminus.kernel.schedule.circles import circles
from tminus.kernel.schedule.compiled import Compiled, Kind
from tminus.kernel.schedule.compiling import compile_network
from tminus.kernel.schedule.conditions import Conditions, planned
from tminus.kernel.schedule.network import Network
from tminus.kernel.schedule.result import Schedule, longest_chain, reckon, schedule, waves

__all__ = [
    "Blackouts",
    "Compiled",
    "Conditions",
    "Kind",
    "Network",
    "Schedule",
    "circles",
    "compile_network",
    "longest_chain",
    "planned",
    "reckon",
    "schedule",
    "waves",
]
