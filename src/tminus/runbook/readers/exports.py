"""Every form in which a plan goes out: its name, its media type, the bytes, and what it cannot hold."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from tminus.runbook.domain.plan import Plan
from tminus.runbook.readers.drawings.mermaid import plan_as_mermaid
from tminus.runbook.readers.drawings.network_svg import plan_as_svg
from tminus.runbook.readers.msproject.left_out import left_out as left_out_of_msproject
from tminus.runbook.readers.msproject.writer import plan_as_msproject
from tminus.runbook.readers.plan_writer import plan_as_json, plan_as_yaml
from tminus.runbook.readers.table.writer import plan_as_csv
from tminus.runbook.readers.table.xlsx_writer import plan_as_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
_PICTURE = "It is a drawing of the network, and cannot be imported again."


class ExportFormat(StrEnum):
    """In which form; the values stand in addresses and on the command line."""

    YAML = "yaml"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    MSPROJECT = "msproject"
    MERMAID = "mermaid"
    SVG = "svg"

    @property
    def ending(self) -> str:
        """What such a file's name ends with, without the dot."""
        return {"msproject": "xml", "mermaid": "mmd"}.get(self.value, self.value)

    @property
    def media(self) -> str:
        """Its media type."""
        return _MEDIA[self]

    @property
    def binary(self) -> bool:
        """True for what is no text, and so not for a terminal."""
        return self is ExportFormat.XLSX


_MEDIA = {
    ExportFormat.YAML: "application/yaml",
    ExportFormat.JSON: "application/json",
    ExportFormat.CSV: CSV,
    ExportFormat.XLSX: XLSX,
    ExportFormat.MSPROJECT: "application/xml",
    ExportFormat.MERMAID: "text/plain; charset=utf-8",
    ExportFormat.SVG: "image/svg+xml",
}
_TEXTS: dict[ExportFormat, Callable[[Plan], str]] = {
    ExportFormat.YAML: plan_as_yaml,
    ExportFormat.JSON: plan_as_json,
    ExportFormat.CSV: lambda plan: "".join(plan_as_csv(plan)),
    ExportFormat.MSPROJECT: plan_as_msproject,
    ExportFormat.MERMAID: plan_as_mermaid,
    ExportFormat.SVG: plan_as_svg,
}


def exported(plan: Plan, form: ExportFormat) -> bytes:
    """Return the plan in a form; the same plan gives the same bytes."""
    return plan_as_xlsx(plan) if form is ExportFormat.XLSX else _TEXTS[form](plan).encode()


def left_out(plan: Plan, form: ExportFormat) -> list[str]:
    """Return a sentence for each thing of the plan that the form cannot hold, or shows otherwise."""
    if form is ExportFormat.MSPROJECT:
        return left_out_of_msproject(plan)
    return [_PICTURE] if form in (ExportFormat.MERMAID, ExportFormat.SVG) else []
