-- What the reader may see: what TAP_SCHEMA declares, and the functions that ADQL compiles to.
-- The role cloudtap_reader owns nothing; it exists before the migrations run (src/database).

GRANT USAGE ON SCHEMA ivoa, tap_schema, adql TO cloudtap_reader;
GRANT SELECT ON
  ivoa.obscore,
  tap_schema.schemas, tap_schema.tables, tap_schema.columns, tap_schema.keys, tap_schema.key_columns
  TO cloudtap_reader;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA adql TO cloudtap_reader;
