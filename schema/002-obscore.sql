-- ivoa.obscore: one row for each data product (ObsCore 1.1, REC 2017-05-09 with errata).
--
-- The order here is that of storage: numbers first, so that none is padded and the offsets of the
-- columns most asked for stay fixed. The order that users see is tap_schema.columns.column_index.

CREATE TABLE ivoa.obscore (
  -- Space (ICRS), degrees and arcseconds
  s_ra               double precision,
  s_dec              double precision,
  s_fov              double precision,  -- a diameter
  s_resolution       double precision,
  s_resolution_min   double precision,
  s_resolution_max   double precision,
  s_pixel_scale      double precision,
  s_xel1             bigint,
  s_xel2             bigint,
  -- Time: MJD in UTC, durations in seconds
  t_min              double precision,
  t_max              double precision,
  t_exptime          double precision,
  t_resolution       double precision,
  t_xel              bigint,
  -- Spectrum: vacuum wavelengths in metres
  em_min             double precision,
  em_max             double precision,
  em_res_power       double precision,
  em_xel             bigint,
  pol_xel            bigint,
  access_estsize     bigint,            -- kbyte of 1000 bytes
  obs_creation_date  timestamp,
  obs_release_date   timestamp,         -- NULL means proprietary
  calib_level        integer NOT NULL,
  -- What it is
  dataproduct_type   text,
  obs_collection     text NOT NULL,
  obs_id             text NOT NULL,
  obs_publisher_did  text NOT NULL,
  target_name        text,
  facility_name      text,
  instrument_name    text,
  s_region           text,
  o_ucd              text,
  pol_states         text,
  -- Where it is
  access_format      text,
  access_url         text,
  cloud_uri          text,
  cloud_access       jsonb,
  -- Optional columns of the standard
  dataproduct_subtype text,
  target_class       text,
  obs_title          text,
  obs_creator_name   text,
  obs_creator_did    text,
  publisher_id       text,
  bib_reference      text,
  data_rights        text,
  proposal_id        text,
  s_calib_status     text,
  t_calib_status     text,
  em_ucd             text,
  em_unit            text,
  em_calib_status    text,
  o_unit             text,
  o_calib_status     text,

  CONSTRAINT obscore_obs_publisher_did_key UNIQUE (obs_publisher_did),
  CONSTRAINT obscore_dataproduct_type_check CHECK (dataproduct_type IN
    ('image', 'cube', 'spectrum', 'sed', 'timeseries', 'visibility', 'event', 'measurements')),
  CONSTRAINT obscore_calib_level_check CHECK (calib_level BETWEEN 0 AND 4),
  CONSTRAINT obscore_position_check CHECK (s_ra >= 0 AND s_ra <= 360 AND s_dec BETWEEN -90 AND 90),
  CONSTRAINT obscore_data_rights_check CHECK (data_rights IN ('public', 'secure', 'proprietary')),
  -- VOTable cannot tell an empty string from NULL, so there is only NULL. `''` in the lists of the
  -- other constraints is no value either; access_url and the rest follow here.
  CONSTRAINT obscore_no_empty_text_check CHECK ('' <> ALL (ARRAY[
    obs_collection, obs_id, obs_publisher_did, target_name, facility_name, instrument_name,
    s_region, access_format, access_url, cloud_uri])),
  -- A cloud location is an object keyed by provider; no copy is NULL, never `{}` or `null`.
  CONSTRAINT obscore_cloud_access_check CHECK
    (jsonb_typeof(cloud_access) = 'object' AND cloud_access <> '{}')
);

COMMENT ON TABLE ivoa.obscore IS
  'ObsCore 1.1 with cloud locations. Fill it with `cloudtap load`, or by INSERT of your own.';

-- What is not indexed, and why: obs_collection, dataproduct_type, facility_name and the like hold
-- few values each. Beside a selective condition PostgreSQL would AND in a bitmap of a million rows
-- (measured: 36 ms instead of 5.7 ms), and alone they select too much for an index to help.

-- `obs_id = '...'`, and prefixes: the class text_pattern_ops serves LIKE 'abc%' in every collation.
CREATE INDEX obscore_obs_id_index ON ivoa.obscore (obs_id text_pattern_ops);
CREATE INDEX obscore_target_name_index ON ivoa.obscore (target_name);
CREATE INDEX obscore_t_min_index ON ivoa.obscore (t_min);
CREATE INDEX obscore_t_max_index ON ivoa.obscore (t_max);
CREATE INDEX obscore_proposal_id_index ON ivoa.obscore (proposal_id) WHERE proposal_id IS NOT NULL;

-- LIKE with a pattern that begins with what all rows share, as people paste it. The operator class
-- is named with its schema, which an administrator may have chosen.
-- fastupdate off: else the first queries after a small load search its pending list row by row.
DO $$
BEGIN
  EXECUTE format(
    'CREATE INDEX obscore_obs_id_trigram_index ON ivoa.obscore USING gin (obs_id %I.gin_trgm_ops) WITH (fastupdate = off)',
    (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
     WHERE e.extname = 'pg_trgm'));
END
$$;
