-- The actor of a transaction lives in transaction settings (sofra.*); without them one is a visitor.

CREATE OR REPLACE FUNCTION sofra_setting(name text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('sofra.' || name, true), '') $$;

CREATE OR REPLACE FUNCTION sofra_id(name text) RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('sofra.' || name, true), '')::uuid $$;

CREATE OR REPLACE FUNCTION sofra_ids(name text) RETURNS uuid[]
LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(nullif(current_setting('sofra.' || name, true), ''), '{}')::uuid[] $$;

-- Does the actor serve this format as its secretariat (the house, where the format is empty)?
CREATE OR REPLACE FUNCTION sofra_serves(format_id uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(sofra_setting('house') = 'on' OR format_id = ANY (sofra_ids('secretariat_of')), false) $$;

-- Did a former term of the actor's party in this format include the instant?
CREATE OR REPLACE FUNCTION sofra_sat_then(terms text, format_id uuid, instant timestamptz) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce((sofra_setting(terms)::jsonb ->> format_id::text)::tstzmultirange @> instant, false) $$;

-- Resolves a seat of an account once and sets the transaction's actor. Answers NULL, and leaves a visitor (or, with an
-- account in good standing, a guest), where the seat is not the account's, was revoked, or is a demonstration seat on a
-- server without demonstration.
CREATE OR REPLACE FUNCTION sofra_enter(wanted_account uuid, wanted_seat uuid, with_demonstration boolean) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS
$$
DECLARE
  s record;
  actor jsonb;
BEGIN
  PERFORM sofra_become(NULL);
  SELECT a.id AS account, a.name INTO s FROM kernel_account a
   WHERE a.id = wanted_account AND a.is_active AND (with_demonstration OR NOT a.demonstration);
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  actor := jsonb_build_object('account', s.account, 'role', 'guest');
  SELECT t.* INTO s FROM kernel_seat t
   WHERE t.account_id = wanted_account AND t.id = wanted_seat AND t.revoked_at IS NULL
     AND (with_demonstration OR NOT t.demonstration);
  IF FOUND THEN
    actor := actor || jsonb_build_object(
      'seat', s.id, 'role', s.role, 'party', s.party_id, 'function', s.function, 'demonstration', s.demonstration,
      'house', CASE WHEN s.role = 'secretariat' AND s.format_id IS NULL THEN 'on' END,
      'secretariat_of', CASE WHEN s.role = 'secretariat' AND s.format_id IS NOT NULL
                             THEN (SELECT array_agg(f.id) FROM kernel_format f
                                    WHERE f.id = s.format_id OR f.parent_id = s.format_id) END,
      'observer_seat_of', CASE WHEN s.role = 'observer' AND s.party_id IS NULL THEN s.format_id END
    );
    actor := actor || sofra_standing(s.party_id, s.role, s.format_id);
  END IF;
  PERFORM sofra_become(actor);
  RETURN actor;
END
$$;

-- The formats in which a party sits today, and the terms in which it sat before.
CREATE OR REPLACE FUNCTION sofra_standing(of_party uuid, as_role text, of_format uuid) RETURNS jsonb
LANGUAGE sql STABLE AS
$$
  WITH terms AS (
    SELECT m.format_id, m.capacity,
           tstzrange(m.since::timestamp AT TIME ZONE 'UTC', m.until::timestamp AT TIME ZONE 'UTC') AS term
      FROM kernel_membership m WHERE m.party_id = of_party AND as_role IN ('delegate', 'observer')
    UNION ALL
    SELECT of_format, 'observer', tstzrange(NULL, NULL)
     WHERE of_party IS NULL AND as_role = 'observer' AND of_format IS NOT NULL
  ),
  sums AS (
    SELECT format_id, CASE WHEN as_role = 'observer' THEN 'observer' ELSE capacity END AS capacity,
           range_agg(term) AS term FROM terms GROUP BY 1, 2
  )
  SELECT jsonb_build_object(
    'member_of', (SELECT array_agg(format_id) FROM sums WHERE capacity = 'member' AND term @> clock_timestamp()),
    'observer_of', (SELECT array_agg(format_id) FROM sums WHERE capacity = 'observer' AND term @> clock_timestamp()),
    'member_terms', (SELECT jsonb_object_agg(format_id, term::text) FROM sums WHERE capacity = 'member'),
    'observer_terms', (SELECT jsonb_object_agg(format_id, term::text) FROM sums WHERE capacity = 'observer')
  )
$$;

-- Sets the transaction's actor from its description; NULL makes a visitor. Local to the transaction, always.
CREATE OR REPLACE FUNCTION sofra_become(actor jsonb) RETURNS void
LANGUAGE plpgsql AS
$$
DECLARE
  key text;
  value jsonb;
BEGIN
  FOREACH key IN ARRAY ARRAY['account', 'seat', 'role', 'party', 'house', 'secretariat_of', 'member_of', 'observer_of',
                             'member_terms', 'observer_terms'] LOOP
    value := actor -> key;
    PERFORM set_config('sofra.' || key,
      CASE WHEN value IS NULL OR value = 'null'::jsonb THEN ''
           WHEN jsonb_typeof(value) = 'array'
             THEN '{' || (SELECT string_agg(e, ',') FROM jsonb_array_elements_text(value) e) || '}'
           WHEN jsonb_typeof(value) = 'object' THEN value::text
           ELSE actor ->> key END, true);
  END LOOP;
END
$$;

-- The seats an account may sit on, asked before an actor exists.
CREATE OR REPLACE FUNCTION sofra_seats_of(of_account uuid, with_demonstration boolean)
RETURNS TABLE (id uuid, role varchar, party_id uuid, format_id uuid, function varchar, demonstration boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$
  SELECT s.id, s.role, s.party_id, s.format_id, s.function, s.demonstration FROM kernel_seat s
    JOIN kernel_account a ON a.id = s.account_id AND a.is_active
   WHERE s.account_id = of_account AND s.revoked_at IS NULL AND (with_demonstration OR NOT s.demonstration)
   ORDER BY s.granted_at, s.id
$$;
