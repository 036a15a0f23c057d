export type {
  Catalog,
  CatalogColumn,
  CatalogTable,
  ColumnMetadata,
  Datatype,
  SkyIndex,
  SqlType,
} from './catalog.ts';
export { identifier, join, render, sql, Sql, value } from './compile/sql.ts';
export { AdqlError, type AdqlErrorCode, type AdqlWarning } from './error.ts';
export { explain } from './explain.ts';
export { isReserved } from './parse/reserved-words.ts';
export {
  type FeatureGroup,
  type LanguageFeature,
  languageFeatures,
} from './functions/language-features.ts';
export { translate, type TranslateOptions } from './translate.ts';
export type { OutputColumn, SqlStatement, StatementUses, Translation } from './translation.ts';
