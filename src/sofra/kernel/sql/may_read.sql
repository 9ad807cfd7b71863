-- The rule of reading: one expression over a row's columns and the transaction's settings. policy.may_read says the same
-- in Python; tests/kernel/test_policy.py proves over random worlds that both agree.
--
-- * The owner reads: its party, or, of rows no party owns, the secretariat that serves the format.
-- * The secretariat reads what it entered for a delegation itself, until that delegation makes it its own.
-- * Everyone else reads from readable_from on, by the database's clock, if the audience includes them. Members and observers
--   of today read all that is held for their format; former ones what became readable while they sat. Among named parties
--   the secretariat is named by its format: a delegation's row can be for some parties and the secretariat.

CREATE OR REPLACE FUNCTION sofra_may_read(
  audience text, format_id uuid, owner_party_id uuid, readers uuid[], readable_from timestamptz, entry_id uuid
) RETURNS boolean
LANGUAGE sql VOLATILE PARALLEL SAFE AS
$$
  SELECT coalesce(owner_party_id = sofra_id('party'), false)
      OR ((owner_party_id IS NULL OR entry_id IS NOT NULL) AND sofra_serves(format_id))
      OR (readable_from <= clock_timestamp() AND CASE audience
            WHEN 'public' THEN true
            WHEN 'observers' THEN sofra_serves(format_id)
                 OR coalesce(format_id = ANY (sofra_ids('member_of') || sofra_ids('observer_of')), false)
                 OR sofra_sat_then('member_terms', format_id, readable_from)
                 OR sofra_sat_then('observer_terms', format_id, readable_from)
            WHEN 'format' THEN sofra_serves(format_id)
                 OR coalesce(format_id = ANY (sofra_ids('member_of')), false)
                 OR sofra_sat_then('member_terms', format_id, readable_from)
            WHEN 'parties' THEN coalesce(sofra_id('party') = ANY (readers), false)
                 OR (sofra_serves(format_id) AND coalesce(format_id = ANY (readers), false))
            WHEN 'persons' THEN coalesce(sofra_id('seat') = ANY (readers), false)
            WHEN 'secretariat' THEN sofra_serves(format_id)
            ELSE false
          END)
$$;

-- The rule of writing: a party's seat writes rows its party owns, in formats where it sits, and what it writes is its own
-- (no entry). The secretariat writes rows no party owns, and, with an entry that says where the act came from, a party's.
CREATE OR REPLACE FUNCTION sofra_may_write(format_id uuid, owner_party_id uuid, entry_id uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS
$$
  SELECT coalesce(owner_party_id = sofra_id('party') AND entry_id IS NULL
                  AND (format_id IS NULL OR format_id = ANY (sofra_ids('member_of') || sofra_ids('observer_of'))), false)
      OR ((owner_party_id IS NULL OR entry_id IS NOT NULL) AND sofra_serves(format_id))
$$;

-- What a row must be before it may be changed: as above, but a party may take over what was entered for it.
CREATE OR REPLACE FUNCTION sofra_may_touch(format_id uuid, owner_party_id uuid, entry_id uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT sofra_may_write(format_id, owner_party_id, NULL) OR sofra_may_write(format_id, owner_party_id, entry_id) $$;
