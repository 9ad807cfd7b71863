-- Narrow doors through the walls: invitations before an actor exists, throttles, search.

-- What an invitation offers, to whoever holds its secret. One with an account lets that account back in.
DROP FUNCTION IF EXISTS sofra_invitation(bytea);
CREATE FUNCTION sofra_invitation(of_digest bytea)
RETURNS TABLE (id uuid, account_id uuid, email varchar, role varchar, party_id uuid, format_id uuid, function varchar,
               expires_at timestamptz)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$
  SELECT i.id, i.account_id, i.email, i.role, i.party_id, i.format_id, i.function, i.expires_at FROM kernel_invitation i
   WHERE i.digest = of_digest AND i.used_at IS NULL AND i.withdrawn_at IS NULL AND i.expires_at > clock_timestamp()
$$;

-- Uses an invitation: locks it, seats the account, and never does so twice. Answers the new seat, or NULL. One that lets an
-- account back in seats nobody and answers the account.
CREATE OR REPLACE FUNCTION sofra_accept_invitation(of_digest bytea, for_account uuid, new_seat uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS
$$
DECLARE
  i record;
BEGIN
  SELECT * INTO i FROM kernel_invitation v WHERE v.digest = of_digest FOR UPDATE;
  IF NOT FOUND OR i.used_at IS NOT NULL OR i.withdrawn_at IS NOT NULL OR i.expires_at <= clock_timestamp() THEN
    RETURN NULL;
  END IF;
  IF i.account_id IS NOT NULL AND i.account_id <> for_account THEN
    RETURN NULL;
  END IF;
  UPDATE kernel_invitation SET used_at = clock_timestamp() WHERE id = i.id;
  IF i.account_id IS NOT NULL THEN
    RETURN i.account_id;
  END IF;
  INSERT INTO kernel_seat (id, account_id, role, party_id, format_id, function, demonstration, granted_at)
    VALUES (new_seat, for_account, i.role, i.party_id, i.format_id, i.function, false, clock_timestamp());
  RETURN new_seat;
END
$$;

-- The seat a calendar's secret address reads as, or nothing: an unknown, a revoked and a demonstration's one look the same.
CREATE OR REPLACE FUNCTION sofra_calendar_key(of_digest bytea, with_demonstration boolean)
RETURNS TABLE (id uuid, seat_id uuid, account_id uuid, detail varchar)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$
  SELECT k.id, k.seat_id, s.account_id, k.detail FROM kernel_calendarkey k
    JOIN kernel_seat s ON s.id = k.seat_id AND s.revoked_at IS NULL
    JOIN kernel_account a ON a.id = s.account_id AND a.is_active
   WHERE k.digest = of_digest AND k.revoked_at IS NULL AND (with_demonstration OR NOT s.demonstration)
$$;

-- The seat an access token acts as, or nothing: an unknown, a revoked, an expired and a demonstration's one look the same. As
-- with a session, an account that has lost its second factor opens nothing until it has another.
CREATE OR REPLACE FUNCTION sofra_access_token(of_digest bytea, with_demonstration boolean)
RETURNS TABLE (id uuid, seat_id uuid, account_id uuid, new_day date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$
DECLARE
  today date := (clock_timestamp() AT TIME ZONE 'UTC')::date;
BEGIN
  RETURN QUERY SELECT t.id, t.seat_id, s.account_id, CASE WHEN t.used_on IS DISTINCT FROM today THEN today END FROM kernel_accesstoken t
    JOIN kernel_seat s ON s.id = t.seat_id AND s.revoked_at IS NULL
    JOIN kernel_account a ON a.id = s.account_id AND a.is_active
   WHERE t.digest = of_digest AND t.revoked_at IS NULL AND t.expires_at > clock_timestamp()
     AND CASE WHEN s.demonstration THEN with_demonstration
              ELSE EXISTS (SELECT 1 FROM mfa_authenticator m WHERE m.user_id = a.id AND m.type IN ('totp', 'webauthn')) END;
END
$$;

-- The seats of the demonstration, for the sign-in page of a server started with it; none otherwise.
CREATE OR REPLACE FUNCTION sofra_demonstration_seats(with_demonstration boolean)
RETURNS TABLE (id uuid, account_id uuid, role varchar, party_id uuid, format_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$
  SELECT s.id, s.account_id, s.role, s.party_id, s.format_id FROM kernel_seat s
    JOIN kernel_account a ON a.id = s.account_id AND a.is_active AND a.demonstration
   WHERE with_demonstration AND s.demonstration AND s.revoked_at IS NULL
   ORDER BY s.granted_at, s.id
$$;

-- Counts a hit under a key and answers how many stand in its window. Atomic, so it holds across workers and hosts.
CREATE OR REPLACE FUNCTION sofra_throttle(of_key bytea, seconds integer) RETURNS integer
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$
  INSERT INTO kernel_throttle AS t (id, key, began_at, hits) VALUES (gen_random_uuid(), of_key, clock_timestamp(), 1)
  ON CONFLICT (key) DO UPDATE SET
    hits = CASE WHEN t.began_at < clock_timestamp() - make_interval(secs => seconds) THEN 1 ELSE t.hits + 1 END,
    began_at = CASE WHEN t.began_at < clock_timestamp() - make_interval(secs => seconds) THEN clock_timestamp()
                    ELSE t.began_at END
  RETURNING hits
$$;

-- How many seconds of a key's window are left.
CREATE OR REPLACE FUNCTION sofra_throttle_wait(of_key bytea, seconds integer) RETURNS integer
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$
  SELECT coalesce((SELECT greatest(0, ceil(seconds - extract(epoch FROM clock_timestamp() - t.began_at)))::integer
                     FROM kernel_throttle t WHERE t.key = of_key), 0)
$$;

CREATE OR REPLACE FUNCTION sofra_throttle_forget(of_key bytea) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ DELETE FROM kernel_throttle WHERE key = of_key $$;

-- Search documents carry their words; the language chooses how words are cut.
CREATE OR REPLACE FUNCTION sofra_search_configuration(language text) RETURNS regconfig
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT CASE language WHEN 'en' THEN 'pg_catalog.english'::regconfig WHEN 'tr' THEN 'pg_catalog.turkish'::regconfig
          ELSE 'pg_catalog.simple'::regconfig END $$;

CREATE OR REPLACE FUNCTION sofra_search_words() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS
$$
BEGIN
  NEW.words := setweight(to_tsvector(sofra_search_configuration(NEW.language), NEW.title), 'A')
            || setweight(to_tsvector(sofra_search_configuration(NEW.language), NEW.body), 'C');
  RETURN NEW;
END
$$;

DROP TRIGGER IF EXISTS words ON kernel_searchdocument;
CREATE TRIGGER words BEFORE INSERT OR UPDATE ON kernel_searchdocument
  FOR EACH ROW EXECUTE FUNCTION sofra_search_words();

-- The one search path: the match may use its index here, and the same may_read decides what comes back.
CREATE OR REPLACE FUNCTION sofra_search(query text, in_language text, most integer)
RETURNS TABLE (id uuid, subject_id uuid, kind varchar, language varchar, title text, snippet text, url varchar, audience varchar)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$
  WITH q AS (SELECT websearch_to_tsquery(sofra_search_configuration(in_language), query) AS wanted)
  SELECT d.id, d.subject_id, d.kind, d.language, d.title,
         ts_headline(sofra_search_configuration(d.language), d.body, q.wanted,
                     'StartSel="", StopSel="", MaxWords=28, MinWords=10, MaxFragments=1'),
         d.url, d.audience
    FROM kernel_searchdocument d, q
   WHERE d.words @@ q.wanted AND d.language = in_language
     AND sofra_may_read(d.audience, d.format_id, d.owner_party_id, d.readers, d.readable_from, d.entry_id)
   ORDER BY ts_rank(d.words, q.wanted) DESC, d.title, d.id LIMIT most
$$;
