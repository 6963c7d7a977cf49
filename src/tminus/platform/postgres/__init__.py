"""The embedded PostgreSQL: found, started and ended by Tminus itself, with nothing but a folder of programs.

`find_binaries` says which PostgreSQL there is, `Cluster` runs one on a data folder, `examine` (doctor)
says what is wrong with a database, embedded or not. Nothing here knows a table of Tminus.
"""

from tminus.platform.postgres.binaries import OLDEST_VERSION, Binaries, find_binaries
from tminus.platform.postgres.cluster import Cluster, Status
from tminus.platform.postgres.doctor import examine
from tminus.platform.postgres.finding import Finding
from tminus.platform.postgres.ways import Way, choose_way

__all__ = [
    "OLDEST_VERSION",
    "Binaries",
    "Cluster",
    "Finding",
    "Status",
    "Way",
    "choose_way",
    "examine",
    "find_binaries",
]
