-- TAP_SCHEMA (TAP 1.1, section 4): the only description of what can be queried. The translator, the
-- FIELDs of answers, /tables and the statement gate all read it.
--
-- An operator publishes a further table by describing it here and by
-- `GRANT SELECT ON that_table TO cloudtap_reader` (and USAGE on its schema).
-- Names stand as a user types them: in double quotes if, and only if, they are no regular ADQL
-- identifiers (the column "size" of tap_schema.columns is one).

CREATE TABLE tap_schema.schemas (
  schema_name   text PRIMARY KEY,
  utype         text,
  description   text,
  schema_index  integer
);

CREATE TABLE tap_schema.tables (
  schema_name   text NOT NULL REFERENCES tap_schema.schemas ON UPDATE CASCADE ON DELETE CASCADE,
  table_name    text PRIMARY KEY,
  table_type    text NOT NULL CHECK (table_type IN ('table', 'view')),
  utype         text,
  description   text,
  table_index   integer
);

CREATE TABLE tap_schema.columns (
  table_name    text NOT NULL REFERENCES tap_schema.tables ON UPDATE CASCADE ON DELETE CASCADE,
  column_name   text NOT NULL,
  datatype      text NOT NULL,
  arraysize     text,
  xtype         text,
  -- n when arraysize is `n` or `n*`: what clients of TAP 1.0 read.
  "size"        integer GENERATED ALWAYS AS
                  (CASE WHEN arraysize ~ '^[0-9]+[*]?$' THEN rtrim(arraysize, '*')::integer END) STORED,
  description   text,
  utype         text,
  unit          text,
  ucd           text,
  indexed       integer NOT NULL CHECK (indexed IN (0, 1)),
  principal     integer NOT NULL CHECK (principal IN (0, 1)),
  std           integer NOT NULL CHECK (std IN (0, 1)),
  column_index  integer,
  PRIMARY KEY (table_name, column_name)
);

CREATE TABLE tap_schema.keys (
  key_id        text PRIMARY KEY,
  from_table    text NOT NULL REFERENCES tap_schema.tables ON UPDATE CASCADE ON DELETE CASCADE,
  target_table  text NOT NULL REFERENCES tap_schema.tables ON UPDATE CASCADE ON DELETE CASCADE,
  description   text,
  utype         text
);

CREATE TABLE tap_schema.key_columns (
  key_id        text NOT NULL REFERENCES tap_schema.keys ON UPDATE CASCADE ON DELETE CASCADE,
  from_column   text NOT NULL,
  target_column text NOT NULL,
  PRIMARY KEY (key_id, from_column)
);
