import type {
  Condition,
  Expression,
  Identifier,
  Join,
  JoinCondition,
  OrderItem,
  QualifiedName,
  Query,
  QueryExpression,
  QueryTerm,
  Select,
  SelectItem,
  SetOperation,
  TableReference,
} from '../ast.ts';

/**
 * The tree as ADQL text again, on one line, with no more parentheses than it needs. Parsing the
 * text in the same language version gives the same tree, apart from spans; a property test holds
 * both against each other.
 */
export function print(query: Query): string {
  const expressions = query.with.map(
    ({ name, query: body }) => `${printName(name)} AS (${printQuery(body)})`,
  );
  return words(list('WITH', expressions), printQuery(query.expression));
}

/** What there is of them, with blanks between. */
function words(...parts: readonly (string | false)[]): string {
  return parts.filter((part) => part !== false && part !== '').join(' ');
}

/** A clause and its items; nothing when there are none. */
function list(clause: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `${clause} ${items.join(', ')}`;
}

function quote(text: string, mark: string): string {
  return mark + text.replaceAll(mark, mark + mark) + mark;
}

function printName({ name, delimited }: Identifier): string {
  return delimited ? quote(name, '"') : name;
}

function printQualifiedName(name: QualifiedName): string {
  return name.map(printName).join('.');
}

// ---------------------------------------------------------------- queries

function printQuery({ body, orderBy, offset }: QueryExpression): string {
  return words(
    printTerm(body),
    list('ORDER BY', orderBy.map(printOrderItem)),
    offset !== null && `OFFSET ${String(offset)}`,
  );
}

function printOrderItem({ expression, direction }: OrderItem): string {
  return words(printExpression(expression), direction === 'DESC' && 'DESC');
}

function printTerm(term: QueryTerm): string {
  switch (term.kind) {
    case 'select':
      return printSelect(term);
    case 'set-operation':
      return printSetOperation(term);
    case 'query-expression':
      return `(${printQuery(term)})`;
  }
}

function printSetOperation({ left, operator, all, right }: SetOperation): string {
  return words(printTerm(left), operator, all && 'ALL', printTerm(right));
}

function printSelect(select: Select): string {
  return words(
    'SELECT',
    select.distinct && 'DISTINCT',
    select.top !== null && `TOP ${String(select.top)}`,
    select.items.map(printItem).join(', '),
    list('FROM', select.from.map(printTable)),
    select.where !== null && `WHERE ${printCondition(select.where)}`,
    list('GROUP BY', select.groupBy.map(printExpression)),
    select.having !== null && `HAVING ${printCondition(select.having)}`,
  );
}

function printItem(item: SelectItem): string {
  switch (item.kind) {
    case 'all-columns':
      return item.qualifier === null ? '*' : `${printQualifiedName(item.qualifier)}.*`;
    case 'derived-column':
      return printExpression(item.expression) + printAlias(item.alias);
  }
}

function printAlias(alias: Identifier | null): string {
  return alias === null ? '' : ` AS ${printName(alias)}`;
}

// ---------------------------------------------------------------- tables

function printTable(table: TableReference): string {
  switch (table.kind) {
    case 'named-table':
      return printQualifiedName(table.name) + printAlias(table.alias);
    case 'derived-table':
      return `(${printQuery(table.query)})${printAlias(table.alias)}`;
    case 'join':
      return printJoin(table);
  }
}

function printJoin({ type, left, right, condition }: Join): string {
  return words(
    printTable(left),
    condition.kind === 'natural' && 'NATURAL',
    type !== 'INNER' && type,
    'JOIN',
    // Joins are left associative: on the right, only parentheses keep one together.
    right.kind === 'join' ? `(${printTable(right)})` : printTable(right),
    printJoinCondition(condition),
  );
}

function printJoinCondition(condition: JoinCondition): string {
  switch (condition.kind) {
    case 'natural':
    case 'none':
      return '';
    case 'on':
      return `ON ${printCondition(condition.condition)}`;
    case 'using':
      return `USING (${condition.columns.map(printName).join(', ')})`;
  }
}

// ---------------------------------------------------------------- conditions

function printCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'logical':
      return condition.operands
        .map((operand) => inParentheses(operand, condition.operator))
        .join(` ${condition.operator} `);
    case 'not':
      return `NOT ${inParentheses(condition.operand, 'NOT')}`;
    case 'exists':
      return `EXISTS (${printQuery(condition.query)})`;
    case 'comparison':
    case 'between':
    case 'in-list':
    case 'in-subquery':
    case 'like':
    case 'is-null':
      return printPredicate(condition);
  }
}

/** An operand of AND, OR and NOT, in parentheses where it would else be read as something else. */
function inParentheses(operand: Condition, operator: 'AND' | 'OR' | 'NOT'): string {
  const text = printCondition(operand);
  const isConjunctionInOr =
    operator === 'OR' && operand.kind === 'logical' && operand.operator === 'AND';
  const isLooser = operand.kind === 'logical' && !isConjunctionInOr;
  const isDoubledNot = operator === 'NOT' && operand.kind === 'not';
  return isLooser || isDoubledNot ? `(${text})` : text;
}

type Predicate = Exclude<Condition, { kind: 'logical' | 'not' | 'exists' }>;

function printPredicate(predicate: Predicate): string {
  if (predicate.kind === 'comparison') {
    const { left, operator, right } = predicate;
    return words(printExpression(left), operator, printExpression(right));
  }
  const operand = printExpression(predicate.operand);
  const not = predicate.negated && 'NOT';
  switch (predicate.kind) {
    case 'between':
      return words(
        operand,
        not,
        `BETWEEN ${printExpression(predicate.low)} AND ${printExpression(predicate.high)}`,
      );
    case 'in-list':
      return words(operand, not, `IN (${predicate.values.map(printExpression).join(', ')})`);
    case 'in-subquery':
      return words(operand, not, `IN (${printQuery(predicate.query)})`);
    case 'like':
      return words(operand, not, predicate.operator, printExpression(predicate.pattern));
    case 'is-null':
      return words(operand, 'IS', not, 'NULL');
  }
}

// ---------------------------------------------------------------- value expressions

type Of<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>;
type Leaf = Of<'number' | 'string' | 'null' | 'column-reference'>;

function isLeaf(expression: Expression): expression is Leaf {
  return leaves.has(expression.kind);
}

const leaves: ReadonlySet<string> = new Set<Leaf['kind']>([
  'number',
  'string',
  'null',
  'column-reference',
]);

function printExpression(expression: Expression): string {
  if (isLeaf(expression)) return printLeaf(expression);
  switch (expression.kind) {
    case 'sign':
    case 'operation':
      return printArithmetic(expression);
    case 'function-call':
    case 'aggregate':
    case 'cast':
      return printCall(expression);
    case 'case':
      return printCase(expression);
    case 'scalar-subquery':
      return `(${printQuery(expression.query)})`;
  }
}

function printLeaf(leaf: Leaf): string {
  switch (leaf.kind) {
    case 'number':
      return leaf.text;
    case 'string':
      return quote(leaf.value, "'");
    case 'null':
      return 'NULL';
    case 'column-reference':
      return printQualifiedName(leaf.name);
  }
}

/** The higher the tighter. */
const precedences = { '||': 1, '+': 2, '-': 2, '*': 3, '/': 3 } as const;
const signPrecedence = 4;

function precedenceOf(expression: Expression): number {
  if (expression.kind === 'operation') return precedences[expression.operator];
  return expression.kind === 'sign' ? signPrecedence : signPrecedence + 1;
}

function printArithmetic(expression: Of<'sign' | 'operation'>): string {
  if (expression.kind === 'sign') {
    return expression.operator + printOperand(expression.operand, signPrecedence + 1);
  }
  const { operator, left, right } = expression;
  const precedence = precedences[operator];
  return words(printOperand(left, precedence), operator, printOperand(right, precedence + 1));
}

function printOperand(operand: Expression, minimum: number): string {
  const text = printExpression(operand);
  return precedenceOf(operand) < minimum ? `(${text})` : text;
}

function printCall(call: Of<'function-call' | 'aggregate' | 'cast'>): string {
  switch (call.kind) {
    case 'function-call':
      return `${call.name.name}(${call.arguments.map(printExpression).join(', ')})`;
    case 'aggregate': {
      const argument = call.argument === '*' ? '*' : printExpression(call.argument);
      return `${call.name}(${words(call.distinct && 'DISTINCT', argument)})`;
    }
    case 'cast': {
      const { name, length } = call.target;
      const size = length === null ? '' : `(${String(length)})`;
      return `CAST(${printExpression(call.operand)} AS ${name}${size})`;
    }
  }
}

function printCase({ branches, otherwise }: Of<'case'>): string {
  const arms = branches.map(
    ({ when, then }) => `WHEN ${printCondition(when)} THEN ${printExpression(then)}`,
  );
  return words('CASE', ...arms, otherwise !== null && `ELSE ${printExpression(otherwise)}`, 'END');
}
