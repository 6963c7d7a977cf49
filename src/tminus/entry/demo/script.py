"""What goes otherwise than planned in a night that the demo plays: by the codes of its steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Script:
    """`takes` = times as long as planned; `fails` = why the first attempt fails; `skips` = why it is left out.

    `waits` = a step that begins only after another one has ended, although the plan does not say so. All else takes
    between the two of `spread` times as long as planned.
    """

    takes: Mapping[str, float] = field(default_factory=dict)
    fails: Mapping[str, str] = field(default_factory=dict)
    skips: Mapping[str, str] = field(default_factory=dict)
    waits: Mapping[str, str] = field(default_factory=dict)
    spread: tuple[float, float] = (0.8, 1.3)


USUAL = (0.9, 1.12)
"""Rehearsed by people who know the steps: what stands out in the grid is what went otherwise."""

SWITCH_RUN = Script(
    spread=USUAL,
    takes={"TRT-0030": 2.6, "TRT-0840": 1.9, "CHK-0910": 0.6},
    fails={"TRT-0040": "The comparison had no access to the configuration of West."},
    skips={"TRT-0950": "Nobody outside noticed the rehearsal: there is nothing to publish."},
    waits={"TRT-0940": "TRT-0920"},
)
SWITCH_DRESS = Script(
    spread=USUAL,
    takes={"TRT-0030": 2.2, "TRT-0840": 1.2},
    fails={"TRT-0040": "No access to the configuration of West for the comparison, as the time before."},
)
ERP_RUN = Script(
    spread=USUAL,
    takes={"TRT-3130": 1.9, "TRT-2110": 1.5, "TRT-6020": 0.6, "TRT-5130": 1.7},
    fails={
        "TRT-5040": "The firewall was not open for the new EDI gateway.",
        "TRT-2120": "The restore ran out of space after two thirds.",
    },
    skips={
        "TRT-7030": "No truck in a rehearsal.",
        "TRT-6040": "The printers of the plants were not connected.",
    },
    waits={"TRT-2050": "TRT-2040"},
)
ERP_DRESS = Script(
    spread=USUAL,
    takes={"TRT-3130": 1.7, "TRT-2110": 1.4, "TRT-6020": 0.7, "BUS-3310": 0.6},
    fails={"TRT-5040": "Firewall again not open for the EDI gateway."},
    skips={"TRT-7030": "No truck in a rehearsal."},
    waits={"TRT-2050": "TRT-2040"},
)
"""Each is an evening that somebody who has moved such a system would know."""
