import type { SetOperation } from '../ast.ts';
import { AdqlError } from '../error.ts';
import {
  arrayOf,
  describeType,
  elementTypeOf,
  isNumeric,
  metadataOf,
  sqlTypeOf,
  valueTypeOf,
  widerNumeric,
} from '../functions/value-type.ts';
import type { OutputColumn } from '../translation.ts';
import type { ResolvedTerm } from './resolved.ts';

type Operation = Pick<SetOperation, 'operator' | 'span'>;

/** ADQL 2.1, "Set operators": the columns of the answer, called and described as on the left side. */
export function commonColumns(
  left: ResolvedTerm,
  right: ResolvedTerm,
  operation: Operation,
): readonly OutputColumn[] {
  return left.columns.map((column, index) => {
    const other = right.columns[index] ?? column;
    if (isNull(left, index)) return { ...other, name: column.name };
    return isNull(right, index) ? column : commonColumn(column, other, operation);
  });
}

function commonColumn(
  left: OutputColumn,
  right: OutputColumn,
  { operator, span }: Operation,
): OutputColumn {
  if (left.sqlType === right.sqlType) return commonSize(left, right);
  const elements = [elementTypeOf(left.sqlType), elementTypeOf(right.sqlType)] as const;
  if (elements[0] !== null && elements[1] !== null) {
    const wider = widerNumeric(elements[0], elements[1]);
    const { datatype } = metadataOf(wider);
    return { ...commonSize(left, right), sqlType: arrayOf(wider), datatype };
  }
  const type = valueTypeOf(left.sqlType);
  const other = valueTypeOf(right.sqlType);
  if (isNumeric(type) && isNumeric(other)) {
    const wider = widerNumeric(type, other);
    return { ...left, sqlType: sqlTypeOf(wider), datatype: metadataOf(wider).datatype };
  }
  if (type === other && (type === 'VARCHAR' || type === 'TIMESTAMP')) {
    const { datatype, arraysize, xtype } = metadataOf(type);
    return { ...left, sqlType: sqlTypeOf(type), datatype, arraysize, xtype };
  }
  throw new AdqlError(
    'wrong-type',
    `${operator} cannot put ${describeType(type)} and ${describeType(other)} into one column ` +
      `("${left.name}" and "${right.name}"). CAST one of them.`,
    span,
  );
}

function commonSize(left: OutputColumn, right: OutputColumn): OutputColumn {
  if (left.arraysize === right.arraysize) return left;
  // A point on one side and a circle on the other are only numbers in common.
  return { ...left, arraysize: '*', xtype: left.xtype === right.xtype ? left.xtype : null };
}

/** A column of NULLs fits every type. */
function isNull(term: ResolvedTerm, index: number): boolean {
  const body = term.kind === 'query' ? term.body : term;
  const item = body.kind === 'select' ? body.items[index] : undefined;
  return item?.kind === 'literal' && item.value === null;
}
