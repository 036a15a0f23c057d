-- The rooms of the database. Run once, by its owner, who need not be a superuser (PostgreSQL >= 14).

CREATE SCHEMA IF NOT EXISTS ivoa;        -- what astronomers query: ivoa.obscore
CREATE SCHEMA IF NOT EXISTS tap_schema;  -- what there is to query, told to clients and to the translator
CREATE SCHEMA IF NOT EXISTS cloudtap;    -- bookkeeping: nothing in it is ever published

-- Trigrams make `obs_id LIKE 'tess%-s0012-3-4%'` an index search. A trusted extension: the owner of
-- a database may create it. An administrator may have put it elsewhere before; that is as good.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
