"""The table of forecasts: what will happen in an iteration, as it was reckoned last. Volatile, not part of the log."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, ForeignKey, LargeBinary, Table, Uuid

from tminus.platform.database import metadata
from tminus.platform.tables import instant

forecasts = Table(
    "forecasts",
    metadata,
    Column("iteration_id", Uuid, ForeignKey("iterations.id"), primary_key=True),
    Column("version", BigInteger, nullable=False, comment="one more each time; told to the pages"),
    Column("seq", BigInteger, nullable=False, comment="event number it was made from"),
    Column("made_at", instant, nullable=False),
    Column("document", LargeBinary, nullable=False, comment="JSON as the API answers it, packed with gzip"),
    Column("chance", Float, comment="to finish inside the window, 0 to 1; null: not evaluated"),
)
