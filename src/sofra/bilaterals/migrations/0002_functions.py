"""Three narrow functions of the owner, for what no row security can say.

They are plpgsql because the house's own functions, which they call, are defined after all migrations.
"""

from django.db import migrations

#: The resource of a party's head of delegation in a format, made where it does not stand yet. A delegation cannot make it:
#: the row is the secretariat's.
PRINCIPAL = """
CREATE FUNCTION sofra_bilateral_principal(in_format uuid, of_party uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS
$$
DECLARE
  stands uuid;
BEGIN
  IF NOT (sofra_serves(in_format) OR coalesce(in_format = ANY (sofra_ids('member_of') || sofra_ids('observer_of')), false))
  THEN
    RETURN NULL;
  END IF;
  SELECT r.id INTO stands FROM meetings_resource r WHERE r.format_id = in_format AND r.party_id = of_party;
  IF FOUND THEN
    RETURN stands;
  END IF;
  -- Two who ask for the same head of delegation at once make one.
  PERFORM pg_advisory_xact_lock(hashtextextended(in_format::text || of_party::text, 61));
  SELECT r.id INTO stands FROM meetings_resource r WHERE r.format_id = in_format AND r.party_id = of_party;
  IF NOT FOUND THEN
    INSERT INTO meetings_resource (id, audience, format_id, owner_party_id, readers, readable_from, entry_id, version, kind,
                                   capacity, languages, party_id, "order", retired)
    VALUES (gen_random_uuid(), 'secretariat', in_format, NULL, '{}', clock_timestamp(), NULL, 1, 'principal',
            NULL, '{}', of_party, 0, false)
    RETURNING id INTO stands;
  END IF;
  RETURN stands;
END
$$;
"""

#: When the resources of a format are taken, by whatever it is: published holds, and delegations' own blocks. By whom and for
#: what is not said, and only the format's secretariat is answered: it makes the schedule.
TAKEN = """
CREATE FUNCTION sofra_bilateral_taken(in_format uuid, since timestamptz, until timestamptz, but uuid[])
RETURNS TABLE (resource uuid, begins timestamptz, ends timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$
BEGIN
  IF NOT sofra_serves(in_format) THEN
    RETURN;
  END IF;
  RETURN QUERY
    SELECT o.resource, lower(o.during), upper(o.during) FROM kernel_occupancy o
     WHERE o.format_id = in_format AND o.state = 'published' AND NOT (o.holder = ANY (but))
       AND o.during && tstzrange(since, until)
    UNION ALL
    SELECT b.resource, b.begins_at, b.ends_at FROM bilaterals_block b
     WHERE b.format_id = in_format AND b.withdrawn_at IS NULL AND b.begins_at < until AND b.ends_at > since
     ORDER BY 1, 2, 3;
END
$$;
"""

#: Let go of what is held for a bilateral that one of its sides calls off: the hold may be another side's row.
RELEASE = """
CREATE FUNCTION sofra_bilateral_release(wanted uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS
$$
BEGIN
  IF EXISTS (SELECT 1 FROM bilaterals_side s WHERE s.request_id = wanted
              AND (s.party_id = sofra_id('party')
                   OR (sofra_serves(s.format_id) AND (s.entry_id IS NOT NULL OR s.format_id = ANY (s.readers))))) THEN
    UPDATE kernel_occupancy SET state = 'released', version = version + 1 WHERE holder = wanted AND state <> 'released';
  END IF;
END
$$;
"""


class Migration(migrations.Migration):
    """The functions stand as long as the tables do."""

    dependencies = [("bilaterals", "0001_initial"), ("meetings", "0011_press"), ("kernel", "0007_access_tokens")]

    operations = [
        migrations.RunSQL(PRINCIPAL, "DROP FUNCTION sofra_bilateral_principal"),
        migrations.RunSQL(TAKEN, "DROP FUNCTION sofra_bilateral_taken"),
        migrations.RunSQL(RELEASE, "DROP FUNCTION sofra_bilateral_release"),
    ]
