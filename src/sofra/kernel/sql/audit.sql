-- The audit chain. Appended to as the last statement of a command's transaction, never changed.

CREATE OR REPLACE FUNCTION sofra_audit_link(
  previous bytea, seq bigint, chain text, at timestamptz, digest bytea
) RETURNS bytea LANGUAGE sql IMMUTABLE AS
$$
  SELECT sha256(previous || int8send(seq) || sha256(convert_to(chain, 'UTF8'))
                || int8send((extract(epoch FROM at) * 1000000)::bigint) || digest)
$$;

-- A payload's placement as its body says it: who may read it, and from when. Part of the body since version 2 of the digest.
CREATE OR REPLACE FUNCTION sofra_audit_placement(
  audience text, format uuid, owner uuid, readers uuid[], readable_from timestamptz, entry uuid
) RETURNS jsonb LANGUAGE sql IMMUTABLE AS
$$
  SELECT jsonb_build_object('audience', audience, 'format', format, 'owner', owner, 'readers', to_jsonb(readers),
                            'readable_from', extract(epoch FROM readable_from)::text, 'entry', entry)
$$;

CREATE OR REPLACE FUNCTION sofra_audit_append(
  to_chain text, of_action text, of_subject uuid, of_seat uuid, of_account uuid, details jsonb, payload_audience text, payload_format uuid,
  payload_owner uuid, payload_readers uuid[], payload_from timestamptz, payload_entry uuid
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS
$$
DECLARE
  head record;
  instant timestamptz;
  salt bytea := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
  body text;
  digest bytea;
  link bytea;
BEGIN
  INSERT INTO kernel_auditchain (chain, seq, hash) VALUES (to_chain, 0, sha256(convert_to(to_chain, 'UTF8')))
    ON CONFLICT (chain) DO NOTHING;
  SELECT c.seq, c.hash INTO STRICT head FROM kernel_auditchain c WHERE c.chain = to_chain FOR UPDATE;
  instant := clock_timestamp();
  body := jsonb_build_object('action', of_action, 'subject', of_subject, 'seat', of_seat,
                             'account', of_account, 'details', details, 'digest', 2,
                             'placement', sofra_audit_placement(payload_audience, payload_format, payload_owner,
                               payload_readers, coalesce(payload_from, instant), payload_entry))::text;
  digest := sha256(salt || convert_to(body, 'UTF8'));
  link := sofra_audit_link(head.hash, head.seq + 1, to_chain, instant, digest);
  INSERT INTO kernel_auditentry (chain, seq, at, digest, previous, hash)
    VALUES (to_chain, head.seq + 1, instant, digest, head.hash, link);
  INSERT INTO kernel_auditpayload (id, chain, seq, at, action, subject, seat_id, salt, body, audience, format_id,
                                   owner_party_id, readers, readable_from, entry_id, version)
    VALUES (gen_random_uuid(), to_chain, head.seq + 1, instant, of_action, of_subject, of_seat, salt, body,
            payload_audience, payload_format, payload_owner, payload_readers, coalesce(payload_from, instant),
            payload_entry, 1);
  UPDATE kernel_auditchain SET seq = head.seq + 1, hash = link WHERE chain = to_chain;
  RETURN head.seq + 1;
END
$$;

CREATE OR REPLACE FUNCTION sofra_audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  RAISE EXCEPTION 'the audit chain is only ever appended to' USING ERRCODE = 'insufficient_privilege';
END
$$;

DROP TRIGGER IF EXISTS append_only ON kernel_auditentry;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON kernel_auditentry
  FOR EACH STATEMENT EXECUTE FUNCTION sofra_audit_is_append_only();
DROP TRIGGER IF EXISTS append_only ON kernel_auditpayload;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON kernel_auditpayload
  FOR EACH STATEMENT EXECUTE FUNCTION sofra_audit_is_append_only();

-- The heads, for the daily export; they tell nothing but how long each chain is, and only the worker and the operator ask.
CREATE OR REPLACE FUNCTION sofra_audit_heads() RETURNS TABLE (chain varchar, seq bigint, hash bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ SELECT c.chain, c.seq, c.hash FROM kernel_auditchain c WHERE sofra_serves(NULL) ORDER BY c.chain $$;
