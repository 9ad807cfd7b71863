"""What migrations of the house are made of besides Django's own operations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState


class CreateModels(Operation):
    """Create several tables, as so many `CreateModel` in a row would.

    Django keeps every model of a migration's state as a class, and makes the classes of all related models anew whenever one
    is added. Here all are related (a party, a format, an account), so each new table cost the making of all before it:
    half a minute for a house of a hundred tables. Together they cost it once.
    """

    category = OperationCategory.ADDITION

    def __init__(self, *models: CreateModel) -> None:
        self.models: Sequence[CreateModel] = models

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        return f"{self.__class__.__module__}.{self.__class__.__name__}", self.models, {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # The classes: made anew when somebody asks for them, not for each model.
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def references_model(self, name: str, app_label: str) -> bool:
        return any(model.references_model(name, app_label) for model in self.models)

    def describe(self) -> str:
        return "Create " + ", ".join(model.name for model in self.models)
