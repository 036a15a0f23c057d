import type { Catalog, CatalogColumn, SqlType } from '../../adql/index.ts';
import type { Datatype } from '../../adql/index.ts';

/** A catalogue of one table, `ivoa.obscore`, for tests that need no database. */
export const catalogue: Catalog = {
  version: '1',
  tables: [
    {
      schema: 'ivoa',
      name: 'obscore',
      sqlSchema: 'ivoa',
      sqlName: 'obscore',
      type: 'table',
      description: null,
      utype: null,
      columns: [
        column('obs_id', 'text', 'char'),
        column('obs_collection', 'text', 'char'),
        column('s_ra', 'double precision', 'double'),
        column('s_xel1', 'bigint', 'long'),
      ],
    },
  ],
};

function column(name: string, sqlType: SqlType, datatype: Datatype): CatalogColumn {
  return {
    name,
    delimited: false,
    sqlName: name,
    sqlType,
    datatype,
    arraysize: datatype === 'char' ? '*' : null,
    xtype: null,
    unit: null,
    ucd: null,
    utype: null,
    description: null,
    indexed: false,
    principal: true,
    std: true,
  };
}
