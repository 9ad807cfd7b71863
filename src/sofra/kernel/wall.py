"""The description of one table's wall; `walls` turns it into row security."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Wall:
    """Which columns decide who may read and write a row, or the SQL that decides it instead.

    `read`, `write` and `delete` are boolean SQL expressions over the row; where they are empty, the house's own rules
    `sofra_may_read` and `sofra_may_write` decide over the named columns. Rows are never deleted by the application role
    unless `delete` says so.
    """

    format_column: str | None = "format_id"
    owner_column: str | None = "owner_party_id"
    entry_column: str | None = "entry_id"
    read: str = ""
    write: str = ""
    touch: str = ""
    delete: str = "false"

    def may_read(self) -> str:
        """The SQL condition under which the actor may read a row."""
        return self.read or (
            f"sofra_may_read(audience, {self._column(self.format_column)}, {self._column(self.owner_column)}, "
            f"readers, readable_from, {self._column(self.entry_column)})"
        )

    def may_write(self) -> str:
        """The SQL condition a row must meet after the actor wrote it."""
        return self.write or self._rule("sofra_may_write")

    def may_touch(self) -> str:
        """The SQL condition a row must meet before the actor may change it."""
        return self.touch or self.write or self._rule("sofra_may_touch")

    def _rule(self, name: str) -> str:
        columns = (self.format_column, self.owner_column, self.entry_column)
        return f"{name}({', '.join(self._column(column) for column in columns)})"

    @staticmethod
    def _column(name: str | None) -> str:
        return name or "NULL::uuid"
