"""The house's signatures of adopted versions, and the keys it signed with: added once, and never said otherwise."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from sofra.kernel.migrating import CreateModels

TABLES = ("signature", "signingkey")

#: A signature is of what its adoption says: the same text, version, digest and instant.
HOLDS = """
CREATE FUNCTION texts_signature_holds() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  said jsonb := NEW.statement::jsonb;
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM texts_adoption a JOIN texts_version v ON v.id = a.version_adopted_id
    WHERE a.id = NEW.adoption_id AND said ->> 'text' = a.text_id::text AND said ->> 'language' = NEW.language
      AND (said ->> 'number')::integer = v.number AND said ->> 'sha256' = a.digests ->> NEW.language
      AND (said ->> 'adopted_at')::timestamptz = a.at
  ) THEN
    RAISE EXCEPTION 'A signature says what its adoption says.' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER holds BEFORE INSERT ON texts_signature FOR EACH ROW EXECUTE FUNCTION texts_signature_holds();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0007_access_tokens"),
        ("texts", "0004_shapes_and_informals"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="SigningKey",
                fields=[
                    ("public", models.CharField(max_length=44, primary_key=True, serialize=False)),
                    ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ],
                options={
                    "ordering": ["at"],
                },
            ),
            migrations.CreateModel(
                name="Signature",
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
                    ("language", models.CharField(max_length=12)),
                    ("statement", models.TextField()),
                    ("signature", models.CharField(max_length=88)),
                    ("at", models.DateTimeField()),
                    (
                        "adoption",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to="texts.adoption"
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
                    (
                        "key",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="texts.signingkey"
                        ),
                    ),
                ],
                options={
                    "ordering": ["at"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("adoption", "language"), name="one_signature_per_language_version"
                        )
                    ],
                },
            ),
        ),
        migrations.RunSQL(HOLDS, "DROP TRIGGER holds ON texts_signature; DROP FUNCTION texts_signature_holds()"),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER stay BEFORE UPDATE OR DELETE ON texts_{table} "
                "FOR EACH ROW EXECUTE FUNCTION texts_stay()",
                f"DROP TRIGGER stay ON texts_{table}",
            )
            for table in TABLES
        ),
    ]
