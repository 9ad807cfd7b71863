"""Migrations make tables together: one by one, each new table costs the making of every class before it."""

from __future__ import annotations

from itertools import pairwise

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddConstraint, CreateModel
from django.db.migrations.state import ProjectState
from django.db.models import CharField, CheckConstraint, Q

from sofra.kernel.migrating import CreateModels

TABLES = ("tray_cup", "tray_spoon")


def _tray() -> CreateModels:
    short = CheckConstraint(condition=~Q(name=""), name="a_cup_is_named")
    return CreateModels(
        CreateModel("Cup", [("name", CharField(primary_key=True))], options={"constraints": [short]}),
        CreateModel("Spoon", [("name", CharField(primary_key=True))]),
    )


def test_tables_are_made_together_and_taken_back_together(house: None) -> None:
    tray, before, after = _tray(), ProjectState(), ProjectState()
    assert after.apps is not None  # Rendered once already, as it is in the middle of a migration.
    tray.state_forwards("tray", after)
    assert {model.__name__ for model in after.apps.get_app_config("tray").get_models()} == {"Cup", "Spoon"}

    class Statements(connection.SchemaEditorClass):  # type: ignore[name-defined,misc]
        def __init__(self) -> None:
            super().__init__(connection, collect_sql=True, atomic=False)

    with Statements() as editor:
        tray.database_forwards("tray", editor, before, after)
    made = "\n".join(editor.collected_sql)
    assert [made.index(f'CREATE TABLE "{table}"') for table in TABLES] == sorted(
        made.index(f'CREATE TABLE "{table}"') for table in TABLES
    )
    assert "a_cup_is_named" in made
    with Statements() as editor:
        tray.database_backwards("tray", editor, after, before)
    assert editor.collected_sql[:2] == [f'DROP TABLE "{table}" CASCADE;' for table in reversed(TABLES)]


def test_a_migration_makes_its_tables_together_with_their_rules() -> None:
    rooms = {app.label for app in apps.get_app_configs() if app.name.startswith("sofra.")}
    for (room, name), migration in MigrationLoader(None).disk_migrations.items():
        if room not in rooms:
            continue
        said = f"{room}/migrations/{name}.py"
        for one, next_one in pairwise(migration.operations):
            both = isinstance(one, CreateModel | CreateModels) and isinstance(next_one, CreateModel | CreateModels)
            assert not both, f"{said}: {one.describe()} and {next_one.describe()} want one CreateModels"
        made = [m for op in migration.operations for m in (op.models if isinstance(op, CreateModels) else [op])]
        names = {model.name.lower() for model in made if isinstance(model, CreateModel)}
        for op in migration.operations:
            if isinstance(op, AddConstraint):
                later = op.model_name in names and room != "kernel"  # The kernel's tables point at each other.
                assert not later, f"{said}: {op.describe()} belongs into the options of its CreateModel"
