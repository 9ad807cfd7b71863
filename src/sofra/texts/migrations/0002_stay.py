"""What was said of a text stays as it was said: the database refuses to rewrite or delete it.

Only who may read a row may change (its author withdraws it from view), and that a delegation made an entered row its own.
"""

from django.db import migrations

TABLES = (
    "text", "paragraph", "placing", "stand", "ruling", "penholding", "proposal", "explanation", "closing", "position",
    "positionreason", "version", "silence", "silencebreak", "silenceevent", "adoption", "reopening", "statement",
)  # fmt: skip

FUNCTION = """
CREATE OR REPLACE FUNCTION texts_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  placement text[] := ARRAY['audience', 'readers', 'readable_from', 'entry_id', 'version'];
BEGIN
  IF TG_OP = 'DELETE' OR to_jsonb(NEW) - placement IS DISTINCT FROM to_jsonb(OLD) - placement THEN
    RAISE EXCEPTION 'Rows of % are added and never rewritten.', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("texts", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION texts_stay()"),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER stay BEFORE UPDATE OR DELETE ON texts_{table} "
                "FOR EACH ROW EXECUTE FUNCTION texts_stay()",
                f"DROP TRIGGER stay ON texts_{table}",
            )
            for table in TABLES
        ),
    ]
