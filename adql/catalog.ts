/** What TAP_SCHEMA says there is: the only description that the translator reads. */

/** VOTable datatypes (VOTable 1.4, "Primitives") that columns here can have. */
export type Datatype =
  | 'boolean'
  | 'bit'
  | 'unsignedByte'
  | 'short'
  | 'int'
  | 'long'
  | 'float'
  | 'double'
  | 'floatComplex'
  | 'doubleComplex'
  | 'char'
  | 'unicodeChar';

/** PostgreSQL types that a catalogue column, a bound value or an answer's column can have. */
export type SqlType =
  | 'boolean'
  | 'smallint'
  | 'integer'
  | 'bigint'
  | 'real'
  | 'double precision'
  | 'numeric'
  | 'text'
  | 'timestamp without time zone'
  | 'timestamp with time zone'
  | 'jsonb'
  | 'bytea'
  | 'smallint[]'
  | 'integer[]'
  | 'bigint[]'
  | 'real[]'
  | 'double precision[]'
  | 'text[]';

/** The VOTable FIELD of a column: what clients are told (TAP 1.1, TAP_SCHEMA.columns). */
export interface ColumnMetadata {
  readonly datatype: Datatype;
  /** `*`, `n`, `n*`; null for a scalar. */
  readonly arraysize: string | null;
  readonly xtype: string | null;
  readonly unit: string | null;
  readonly ucd: string | null;
  readonly utype: string | null;
  readonly description: string | null;
}

export interface CatalogColumn extends ColumnMetadata {
  /** The name without quotes, as declared: `obs_id`, `size`. */
  readonly name: string;
  /** Declared in quotes because it is no regular identifier (`"size"`). */
  readonly delimited: boolean;
  /** The column of the PostgreSQL table. */
  readonly sqlName: string;
  readonly sqlType: SqlType;
  readonly indexed: boolean;
  readonly principal: boolean;
  readonly std: boolean;
}

export interface CatalogTable {
  /** Names without quotes, as declared: schema `ivoa`, table `obscore`. */
  readonly schema: string;
  readonly name: string;
  readonly sqlSchema: string;
  readonly sqlName: string;
  readonly type: 'table' | 'view';
  readonly description: string | null;
  readonly utype: string | null;
  /** In the order of `column_index`, which is the order of `SELECT *`. */
  readonly columns: readonly CatalogColumn[];
  /** What makes conditions on the sky quick; left out where nothing does. */
  readonly sky?: SkyIndex;
  /** PostgreSQL's names of text columns with an index on adql.word_keys(column), schema/030-word-index.sql. */
  readonly wordIndexes?: readonly string[];
}

/** The indexes of schema/021-sky-index.sql and 022-sky-regions.sql on a table, by PostgreSQL's column names. */
export interface SkyIndex {
  /** Columns in degrees with an index on sky.position(lon, lat). */
  readonly positions: readonly { readonly lon: string; readonly lat: string }[];
  /** Columns in degrees with an index on (sky.zone(lat), sky.longitude(lon)), for cross-matches. */
  readonly zones: readonly { readonly lon: string; readonly lat: string }[];
  /** Text columns whose regions the table sky.region knows, with an index on sky.region_id(column). */
  readonly regions: readonly string[];
}

export interface Catalog {
  /** Changes whenever the content changes: part of the key of every cached translation. */
  readonly version: string;
  readonly tables: readonly CatalogTable[];
}
