import type { CatalogColumn } from '../../adql/index.ts';
import type {
  DescribedSchema,
  DescribedTable,
  ForeignKey,
  TableSet,
} from '../tap-schema/load-table-set.ts';
import {
  element,
  optionalText,
  renderDocument,
  type XmlAttributes,
  type XmlElement,
} from '../xml.ts';
import { namespaces } from './namespaces.ts';

export interface TablesDetail {
  /** False for `detail=min`. */
  readonly withColumns: boolean;
  /** Names of the tables wanted, null for all; the case does not matter. */
  readonly only: readonly string[] | null;
  /**
   * astroquery's TapPlus fails on a column without an attribute `esatapplus:flags`, with which the
   * document no longer is what the schema of VODataService allows: nobody else gets it.
   */
  readonly forTapPlus: boolean;
}

const rootAttributes = {
  'xmlns:vosi': 'http://www.ivoa.net/xml/VOSITables/v1.0',
  'xmlns:vs': namespaces.vs,
  'xmlns:xsi': namespaces.xsi,
} as const;

const tapPlusNamespace = { 'xmlns:esatapplus': 'http://esa.int/xml/EsaTapPlus' } as const;

/** `/tables` (VOSI 1.1, "Tables"). The root has no version attribute: the schema forbids it. */
export function tablesDocument(tableSet: TableSet, detail: TablesDetail): string {
  const schemas = tableSet.schemas
    .map((schema) => ({ ...schema, tables: schema.tables.filter(isWanted(detail.only)) }))
    .filter(({ tables }) => detail.only === null || tables.length > 0);
  return renderDocument(
    element(
      'vosi:tableset',
      { ...rootAttributes, ...(detail.forTapPlus ? tapPlusNamespace : {}) },
      schemas.map((schema) => schemaElement(schema, detail)),
    ),
  );
}

/** `/tables/{name}`; null when there is no such table. */
export function tableDocument(tableSet: TableSet, name: string): string | null {
  const described = tableSet.schemas.flatMap(({ tables }) => tables).find(isWanted([name]));
  if (described === undefined) return null;
  return renderDocument(
    element('vosi:table', { ...rootAttributes, ...typeOf(described) }, [
      ...tableContent(described),
      ...columnsAndKeys(described, {}),
    ]),
  );
}

function isWanted(names: readonly string[] | null): (table: DescribedTable) => boolean {
  const wanted = names?.map((name) => name.trim().toLowerCase());
  return ({ name }) => wanted === undefined || wanted.includes(name.toLowerCase());
}

function schemaElement(schema: DescribedSchema, detail: TablesDetail): XmlElement {
  const flags = detail.forTapPlus ? { 'esatapplus:flags': '' } : {};
  return element('schema', {}, [
    element('name', {}, [schema.name]),
    ...optionalText('description', schema.description),
    ...optionalText('utype', schema.utype),
    ...schema.tables.map((described) =>
      element('table', typeOf(described), [
        ...tableContent(described),
        ...(detail.withColumns ? columnsAndKeys(described, flags) : []),
      ]),
    ),
  ]);
}

/** VODataService has no `table`: a table of TAP_SCHEMA is its `base_table`. */
function typeOf({ table }: DescribedTable): { readonly type: string } {
  return { type: table.type === 'view' ? 'view' : 'base_table' };
}

function tableContent({ name, table }: DescribedTable): readonly XmlElement[] {
  return [
    element('name', {}, [name]),
    ...optionalText('description', table.description),
    ...optionalText('utype', table.utype),
  ];
}

function columnsAndKeys(
  { table, foreignKeys }: DescribedTable,
  columnAttributes: XmlAttributes,
): readonly XmlElement[] {
  const columns = table.columns.map((column) => columnElement(column, columnAttributes));
  return [...columns, ...foreignKeys.map(foreignKeyElement)];
}

function columnElement(column: CatalogColumn, attributes: XmlAttributes): XmlElement {
  const flags = [
    ...(column.indexed ? ['indexed'] : []),
    ...(column.principal ? ['principal'] : []),
  ];
  return element('column', { std: String(column.std), ...attributes }, [
    element('name', {}, [declaredName(column)]),
    ...optionalText('description', column.description),
    ...optionalText('unit', column.unit),
    ...optionalText('ucd', column.ucd),
    ...optionalText('utype', column.utype),
    dataType(column),
    ...flags.map((flag) => element('flag', {}, [flag])),
  ]);
}

/** As TAP_SCHEMA has it: in quotes when the query needs them. */
function declaredName({ name, delimited }: CatalogColumn): string {
  return delimited ? `"${name.replaceAll('"', '""')}"` : name;
}

function dataType({ datatype, arraysize, xtype }: CatalogColumn): XmlElement {
  const attributes = { 'xsi:type': 'vs:VOTableType', arraysize, extendedType: xtype };
  return element('dataType', attributes, [datatype]);
}

function foreignKeyElement(key: ForeignKey): XmlElement {
  return element('foreignKey', {}, [
    element('targetTable', {}, [key.targetTable]),
    ...key.columns.map(({ from, target }) =>
      element('fkColumn', {}, [
        element('fromColumn', {}, [from]),
        element('targetColumn', {}, [target]),
      ]),
    ),
    ...optionalText('description', key.description),
    ...optionalText('utype', key.utype),
  ]);
}
