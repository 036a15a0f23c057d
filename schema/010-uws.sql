-- The queue of asynchronous queries (UWS 1.1). The service's owner role alone works in it: the
-- reader, which runs users' SQL, has no way into this schema.

CREATE SCHEMA uws;

CREATE TABLE uws.job (
  job_id text PRIMARY KEY,
  -- Whom the job belongs to: an authenticated user, or the hash of an anonymous browser's cookie.
  owner_id text,
  visitor text,
  client_address text NOT NULL,
  run_id text,
  phase text NOT NULL
    CHECK (phase IN ('PENDING', 'QUEUED', 'EXECUTING', 'COMPLETED', 'ERROR', 'ABORTED')),
  -- Milliseconds, as clients see them: AFTER with a time they were shown must not find it again.
  creation_time timestamp(3) with time zone NOT NULL DEFAULT clock_timestamp(),
  queue_time timestamp with time zone,
  quote timestamp(3) with time zone,
  start_time timestamp(3) with time zone,
  end_time timestamp(3) with time zone,
  execution_duration integer NOT NULL CHECK (execution_duration > 0),  -- seconds
  destruction timestamp(3) with time zone NOT NULL,
  parameters jsonb NOT NULL,                  -- [{"name", "value"}]
  parts jsonb NOT NULL DEFAULT '[]',          -- [{"name", "mediaType", "size", "storageKey"}]

  -- The replica that runs the job, and when it last said that it lives.
  claimed_by text,
  heartbeat timestamp with time zone,
  attempt integer NOT NULL DEFAULT 0,         -- how often it was claimed
  faults integer NOT NULL DEFAULT 0,          -- how often it was lost through no fault of its own
  progress_rows bigint NOT NULL DEFAULT 0,
  progress_bytes bigint NOT NULL DEFAULT 0,

  result_key text,
  result_media_type text,
  result_bytes bigint,
  result_rows bigint,
  error_type text CHECK (error_type IN ('transient', 'fatal')),
  error_message text,

  CONSTRAINT queued_has_time CHECK (phase <> 'QUEUED' OR queue_time IS NOT NULL),
  CONSTRAINT executing_is_claimed
    CHECK ((phase = 'EXECUTING') = (claimed_by IS NOT NULL AND heartbeat IS NOT NULL)),
  CONSTRAINT started_has_time
    CHECK (phase NOT IN ('EXECUTING', 'COMPLETED') OR start_time IS NOT NULL),
  CONSTRAINT ended_has_time
    CHECK ((phase IN ('COMPLETED', 'ERROR', 'ABORTED')) = (end_time IS NOT NULL)),
  CONSTRAINT completed_has_result
    CHECK ((phase = 'COMPLETED') = (result_key IS NOT NULL AND result_media_type IS NOT NULL
      AND result_bytes IS NOT NULL AND result_rows IS NOT NULL)),
  CONSTRAINT error_has_summary
    CHECK (phase <> 'ERROR' OR (error_type IS NOT NULL AND error_message IS NOT NULL)),
  CONSTRAINT summary_has_error
    CHECK (error_message IS NULL OR phase IN ('ERROR', 'ABORTED'))
) WITH (fillfactor = 70);  -- room for the new version of a row beside the old: most changes stay off the indexes

-- Claiming walks the clients that have queued jobs, and the oldest jobs of each.
CREATE INDEX job_queued ON uws.job (client_address, queue_time, job_id) WHERE phase = 'QUEUED';
CREATE INDEX job_executing ON uws.job (client_address) WHERE phase = 'EXECUTING';
-- Limits on unfinished jobs per client, and a job's place in the queue.
CREATE INDEX job_live ON uws.job (client_address) WHERE phase IN ('PENDING', 'QUEUED', 'EXECUTING');
CREATE INDEX job_queue_time ON uws.job (queue_time) WHERE phase = 'QUEUED';
-- The job list.
CREATE INDEX job_owner ON uws.job (owner_id, creation_time) WHERE owner_id IS NOT NULL;
CREATE INDEX job_visitor ON uws.job (visitor, creation_time) WHERE visitor IS NOT NULL;
-- The reaper.
CREATE INDEX job_destruction ON uws.job (destruction);

-- Every change of phase is told to all replicas, whoever makes it: runners start and stop by it,
-- and clients that wait hear of it. Payload: the phase (or DELETED), a blank, the job's id.
CREATE FUNCTION uws.tell_phase() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM pg_notify('uws_job', 'DELETED ' || old.job_id);
  ELSE
    PERFORM pg_notify('uws_job', new.phase || ' ' || new.job_id);
  END IF;
  RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION uws.tell_phase() FROM PUBLIC;

CREATE TRIGGER tell_new AFTER INSERT OR DELETE ON uws.job
  FOR EACH ROW EXECUTE FUNCTION uws.tell_phase();
CREATE TRIGGER tell_change AFTER UPDATE OF phase ON uws.job
  FOR EACH ROW WHEN (old.phase IS DISTINCT FROM new.phase) EXECUTE FUNCTION uws.tell_phase();
