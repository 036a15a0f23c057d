-- Tables that clients upload (TAP 1.1, "Table Upload"), each for one query. The service makes a table
-- here before the query and drops it after; the names cannot be guessed, and no client ever names one:
-- the translator alone knows which belongs to whose TAP_UPLOAD.

CREATE SCHEMA tap_upload;
GRANT USAGE ON SCHEMA tap_upload TO cloudtap_reader;

-- What is there, so that tables of a service that was killed are found and dropped.
CREATE TABLE cloudtap.upload (
  table_name  text PRIMARY KEY,
  created     timestamptz NOT NULL DEFAULT now(),
  drop_after  timestamptz NOT NULL
);
