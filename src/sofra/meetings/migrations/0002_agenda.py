import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from sofra.kernel.migrating import CreateModels


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0002_cache"),
        ("meetings", "0001_initial"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Act",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    (
                        "audience",
                        models.CharField(
                            choices=[
                                ("public", "everyone"),
                                ("observers", "all members and observers"),
                                ("format", "all members"),
                                ("parties", "named parties"),
                                ("persons", "named persons"),
                                ("secretariat", "the secretariat"),
                                ("delegation", "one delegation"),
                            ],
                            max_length=12,
                        ),
                    ),
                    (
                        "readers",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.UUIDField(), blank=True, default=list, size=None
                        ),
                    ),
                    ("readable_from", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("version", models.PositiveIntegerField(default=1)),
                    (
                        "subject_kind",
                        models.CharField(
                            choices=[
                                ("agenda", "the agenda"),
                                ("item", "an agenda item"),
                                ("suggestion", "a suggested wording"),
                                ("outcome", "an outcome"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("subject_id", models.UUIDField()),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("cosponsor", "co-sponsors"),
                                ("uncosponsor", "no longer co-sponsors"),
                                ("object", "objects"),
                                ("lift", "withdraws its objection"),
                                ("consent", "consents"),
                                ("withdraw", "withdraws the item"),
                                ("accept", "accepts the wording"),
                                ("decline", "declines the wording"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("at", models.DateTimeField()),
                    ("struck_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "entry",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kernel.entry",
                        ),
                    ),
                    (
                        "format",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kernel.format",
                        ),
                    ),
                    (
                        "meeting",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="acts", to="meetings.meeting"
                        ),
                    ),
                    (
                        "owner_party",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kernel.party",
                        ),
                    ),
                ],
                options={
                    "ordering": ["at"],
                    "indexes": [models.Index(fields=["subject_id"], name="meetings_ac_subject_f0320b_idx")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("owner_party__isnull", False)), name="an_act_is_a_partys"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="AgendaItem",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    (
                        "audience",
                        models.CharField(
                            choices=[
                                ("public", "everyone"),
                                ("observers", "all members and observers"),
                                ("format", "all members"),
                                ("parties", "named parties"),
                                ("persons", "named persons"),
                                ("secretariat", "the secretariat"),
                                ("delegation", "one delegation"),
                            ],
                            max_length=12,
                        ),
                    ),
                    (
                        "readers",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.UUIDField(), blank=True, default=list, size=None
                        ),
                    ),
                    ("readable_from", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("version", models.PositiveIntegerField(default=1)),
                    (
                        "urgency",
                        models.CharField(
                            choices=[
                                ("routine", "may wait for a later meeting"),
                                ("this_meeting", "for this meeting"),
                                ("urgent", "urgent"),
                            ],
                            default="this_meeting",
                            max_length=12,
                        ),
                    ),
                    (
                        "themes",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.UUIDField(), blank=True, default=list, size=None
                        ),
                    ),
                    ("made_at", models.DateTimeField()),
                    ("submitted_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "entry",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kernel.entry",
                        ),
                    ),
                    (
                        "format",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kernel.format",
                        ),
                    ),
                    (
                        "meeting",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="agenda_items",
                            to="meetings.meeting",
                        ),
                    ),
                    (
                        "owner_party",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kernel.party",
                        ),
                    ),
                ],
                options={
                    "ordering": ["submitted_at", "made_at"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("owner_party__isnull", False)), name="an_item_is_a_partys"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="AgendaOrder",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    (
                        "audience",
                        models.CharField(
                            choices=[
                                ("public", "everyone"),
                                ("observers", "all members and observers"),
                                ("format", "all members"),
                                ("parties", "named parties"),
                                ("persons", "named persons"),
                                ("secretariat", "the secretariat"),
                                ("delegation", "one delegation"),
                            ],
                            max_length=12,
                        ),
                    ),
                    (
                        "readers",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.UUIDField(), blank=True, default=list, size=None
                        ),
                    ),
                    ("readable_from", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("version", models.PositiveIntegerField(default=1)),
                    (
                        "items",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.UUIDField(), blank=True, default=list, size=None
                        ),
                    ),
                    (
                        "entry",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kernel.entry",
                        ),
                    ),
                    (
                        "format",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kernel.format",
                        ),
                    ),
                    (
                        "meeting",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="agenda_order",
                            to="meetings.meeting",
                        ),
                    ),
                    (
                        "owner_party",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kernel.party",
                        ),
                    ),
                ],
                options={"abstract": False},
            ),
            migrations.CreateModel(
                name="HandedUp",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    (
                        "audience",
                        models.CharField(
                            choices=[
                                ("public", "everyone"),
                                ("observers", "all members and observers"),
                                ("format", "all members"),
                                ("parties", "named parties"),
                                ("persons", "named persons"),
                                ("secretariat", "the secretariat"),
                                ("delegation", "one delegation"),
                            ],
                            max_length=12,
                        ),
                    ),
                    (
                        "readers",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.UUIDField(), blank=True, default=list, size=None
                        ),
                    ),
                    ("readable_from", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("version", models.PositiveIntegerField(default=1)),
                    ("at", models.DateTimeField()),
                    (
                        "entry",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kernel.entry",
                        ),
                    ),
                    (
                        "format",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kernel.format",
                        ),
                    ),
                    (
                        "item",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="handings",
                            to="meetings.agendaitem",
                        ),
                    ),
                    (
                        "meeting",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="handed_items",
                            to="meetings.meeting",
                        ),
                    ),
                    (
                        "owner_party",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kernel.party",
                        ),
                    ),
                ],
                options={"constraints": [models.UniqueConstraint(fields=("item", "meeting"), name="handed_up_once")]},
            ),
            migrations.CreateModel(
                name="Outcome",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    (
                        "audience",
                        models.CharField(
                            choices=[
                                ("public", "everyone"),
                                ("observers", "all members and observers"),
                                ("format", "all members"),
                                ("parties", "named parties"),
                                ("persons", "named persons"),
                                ("secretariat", "the secretariat"),
                                ("delegation", "one delegation"),
                            ],
                            max_length=12,
                        ),
                    ),
                    (
                        "readers",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.UUIDField(), blank=True, default=list, size=None
                        ),
                    ),
                    ("readable_from", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("version", models.PositiveIntegerField(default=1)),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("decision", "decision"),
                                ("adopted_text", "adopted text"),
                                ("chair_summary", "chair's summary"),
                                ("press_statement", "press statement"),
                                ("none", "no outcome document"),
                            ],
                            max_length=16,
                        ),
                    ),
                    ("number", models.PositiveSmallIntegerField(blank=True, null=True)),
                    ("made_at", models.DateTimeField()),
                    ("released_at", models.DateTimeField(blank=True, null=True)),
                    ("published_at", models.DateTimeField(blank=True, null=True)),
                    ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "entry",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kernel.entry",
                        ),
                    ),
                    (
                        "format",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kernel.format",
                        ),
                    ),
                    (
                        "meeting",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="outcomes", to="meetings.meeting"
                        ),
                    ),
                    (
                        "owner_party",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kernel.party",
                        ),
                    ),
                ],
                options={
                    "ordering": ["kind", "number", "made_at"],
                    "constraints": [
                        models.UniqueConstraint(fields=("meeting", "number"), name="one_decision_per_number"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kind", "decision"), ("number__isnull", False)),
                                models.Q(models.Q(("kind", "decision"), _negated=True), ("number__isnull", True)),
                                _connector="OR",
                            ),
                            name="decisions_alone_are_numbered",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Procedure",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    (
                        "audience",
                        models.CharField(
                            choices=[
                                ("public", "everyone"),
                                ("observers", "all members and observers"),
                                ("format", "all members"),
                                ("parties", "named parties"),
                                ("persons", "named persons"),
                                ("secretariat", "the secretariat"),
                                ("delegation", "one delegation"),
                            ],
                            max_length=12,
                        ),
                    ),
                    (
                        "readers",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.UUIDField(), blank=True, default=list, size=None
                        ),
                    ),
                    ("readable_from", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("version", models.PositiveIntegerField(default=1)),
                    (
                        "subject_kind",
                        models.CharField(
                            choices=[
                                ("agenda", "the agenda"),
                                ("item", "an agenda item"),
                                ("suggestion", "a suggested wording"),
                                ("outcome", "an outcome"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("subject_id", models.UUIDField()),
                    (
                        "method",
                        models.CharField(
                            choices=[
                                ("consensus", "by consensus"),
                                ("silence", "by silence procedure"),
                                ("consent", "by consent of all members"),
                            ],
                            max_length=10,
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("open", "open"),
                                ("adopted", "adopted"),
                                ("broken", "broken"),
                                ("stopped", "stopped by the chair"),
                            ],
                            default="open",
                            max_length=8,
                        ),
                    ),
                    ("opened_at", models.DateTimeField()),
                    ("deadline", models.DateTimeField(blank=True, null=True)),
                    ("settled_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "broken_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="meetings.act",
                        ),
                    ),
                    (
                        "entry",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kernel.entry",
                        ),
                    ),
                    (
                        "format",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kernel.format",
                        ),
                    ),
                    (
                        "meeting",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="procedures",
                            to="meetings.meeting",
                        ),
                    ),
                    (
                        "owner_party",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kernel.party",
                        ),
                    ),
                ],
                options={
                    "ordering": ["opened_at"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("state", "open")),
                            fields=("subject_id",),
                            name="one_open_procedure_per_subject",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("method", "silence"), _negated=True),
                                ("deadline__gt", models.F("opened_at")),
                                _connector="OR",
                            ),
                            name="silence_ends_after_it_began",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("settled_at__isnull", True), ("state", "open")),
                                models.Q(models.Q(("state", "open"), _negated=True), ("settled_at__isnull", False)),
                                _connector="OR",
                            ),
                            name="a_settled_procedure_says_when",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="FrozenVersion",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    (
                        "audience",
                        models.CharField(
                            choices=[
                                ("public", "everyone"),
                                ("observers", "all members and observers"),
                                ("format", "all members"),
                                ("parties", "named parties"),
                                ("persons", "named persons"),
                                ("secretariat", "the secretariat"),
                                ("delegation", "one delegation"),
                            ],
                            max_length=12,
                        ),
                    ),
                    (
                        "readers",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.UUIDField(), blank=True, default=list, size=None
                        ),
                    ),
                    ("readable_from", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("version", models.PositiveIntegerField(default=1)),
                    (
                        "subject_kind",
                        models.CharField(
                            choices=[
                                ("agenda", "the agenda"),
                                ("item", "an agenda item"),
                                ("suggestion", "a suggested wording"),
                                ("outcome", "an outcome"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("subject_id", models.UUIDField()),
                    ("number", models.PositiveSmallIntegerField()),
                    ("content", models.JSONField()),
                    (
                        "entry",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kernel.entry",
                        ),
                    ),
                    (
                        "format",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kernel.format",
                        ),
                    ),
                    (
                        "meeting",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="frozen_versions",
                            to="meetings.meeting",
                        ),
                    ),
                    (
                        "owner_party",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kernel.party",
                        ),
                    ),
                    (
                        "procedure",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT, related_name="frozen", to="meetings.procedure"
                        ),
                    ),
                ],
                options={
                    "ordering": ["number"],
                    "constraints": [
                        models.UniqueConstraint(fields=("subject_id", "number"), name="one_frozen_version_per_number")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Reason",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    (
                        "audience",
                        models.CharField(
                            choices=[
                                ("public", "everyone"),
                                ("observers", "all members and observers"),
                                ("format", "all members"),
                                ("parties", "named parties"),
                                ("persons", "named persons"),
                                ("secretariat", "the secretariat"),
                                ("delegation", "one delegation"),
                            ],
                            max_length=12,
                        ),
                    ),
                    (
                        "readers",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.UUIDField(), blank=True, default=list, size=None
                        ),
                    ),
                    ("readable_from", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("version", models.PositiveIntegerField(default=1)),
                    (
                        "act",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="meetings.act"
                        ),
                    ),
                    (
                        "entry",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kernel.entry",
                        ),
                    ),
                    (
                        "format",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kernel.format",
                        ),
                    ),
                    (
                        "owner_party",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kernel.party",
                        ),
                    ),
                ],
                options={"abstract": False},
            ),
            migrations.CreateModel(
                name="Suggestion",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    (
                        "audience",
                        models.CharField(
                            choices=[
                                ("public", "everyone"),
                                ("observers", "all members and observers"),
                                ("format", "all members"),
                                ("parties", "named parties"),
                                ("persons", "named persons"),
                                ("secretariat", "the secretariat"),
                                ("delegation", "one delegation"),
                            ],
                            max_length=12,
                        ),
                    ),
                    (
                        "readers",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.UUIDField(), blank=True, default=list, size=None
                        ),
                    ),
                    ("readable_from", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("version", models.PositiveIntegerField(default=1)),
                    ("field", models.CharField(choices=[("title", "title"), ("note", "note")], max_length=8)),
                    ("language", models.CharField(max_length=12)),
                    ("at", models.DateTimeField()),
                    (
                        "entry",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kernel.entry",
                        ),
                    ),
                    (
                        "format",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kernel.format",
                        ),
                    ),
                    (
                        "item",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="suggestions",
                            to="meetings.agendaitem",
                        ),
                    ),
                    (
                        "owner_party",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kernel.party",
                        ),
                    ),
                ],
                options={
                    "ordering": ["at"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("owner_party__isnull", False)), name="a_suggestion_is_a_partys"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Theme",
                fields=[
                    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    (
                        "audience",
                        models.CharField(
                            choices=[
                                ("public", "everyone"),
                                ("observers", "all members and observers"),
                                ("format", "all members"),
                                ("parties", "named parties"),
                                ("persons", "named persons"),
                                ("secretariat", "the secretariat"),
                                ("delegation", "one delegation"),
                            ],
                            max_length=12,
                        ),
                    ),
                    (
                        "readers",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.UUIDField(), blank=True, default=list, size=None
                        ),
                    ),
                    ("readable_from", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ("version", models.PositiveIntegerField(default=1)),
                    ("slug", models.SlugField(max_length=60, unique=True)),
                    ("order", models.PositiveSmallIntegerField(default=0)),
                    ("retired", models.BooleanField(default=False)),
                    (
                        "entry",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kernel.entry",
                        ),
                    ),
                    (
                        "format",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kernel.format",
                        ),
                    ),
                    (
                        "owner_party",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="kernel.party",
                        ),
                    ),
                ],
                options={"ordering": ["order", "slug"]},
            ),
        ),
    ]
