import { randomBytes } from 'node:crypto';
import type { SqlStatement } from '../../adql/index.ts';

interface Known {
  readonly types: string;
  seen: number;
  isExamined: boolean;
  /** Under which connections keep it; null as long as it is not known to be worth that. */
  name: string | null;
}

/** Statements that are remembered; the one not seen for longest goes first. */
const mostKnown = 500;

/** Characters: a longer one is no small query. */
const longest = 8192;

/** Times that a statement comes before its plan is examined. */
const enough = 3;

/**
 * Which statements come again and again, with whatever values. PostgreSQL takes 50 to 90 us to parse and
 * plan one of a small query or cone, and 10 to 20 us when the connection keeps it prepared.
 */
export class KeptStatements {
  readonly #known = new Map<string, Known>();
  readonly #examine: (statement: SqlStatement) => Promise<boolean>;
  /** Behind a pooler another service may have had the same connection. */
  readonly #service = randomBytes(4).toString('hex');
  #isExamining = false;
  #names = 0;

  /** @param examine whether one plan is good for all values; a rejection means no */
  constructor(examine: (statement: SqlStatement) => Promise<boolean>) {
    this.#examine = examine;
  }

  /** To be asked once for each query. @returns the name to prepare it under, or null */
  nameFor(statement: SqlStatement): string | null {
    const { text } = statement;
    if (text.length > longest) return null;
    const types = statement.types.join();
    const known = this.#known.get(text) ?? { types, seen: 0, isExamined: false, name: null };
    // The same text with other types is rare enough to go without.
    if (known.types !== types) return null;
    known.seen += 1;
    this.#known.delete(text);
    this.#known.set(text, known);
    this.#forgetOldest();
    if (known.seen >= enough && !known.isExamined && !this.#isExamining) {
      void this.#judge(statement, known);
    }
    return known.name;
  }

  /** Its name does not work any more. When it comes again and again, it gets another one. */
  forget({ text }: SqlStatement): void {
    this.#known.delete(text);
  }

  /** One at a time. Who is refused is not examined again while it is remembered. */
  async #judge(statement: SqlStatement, known: Known): Promise<void> {
    this.#isExamining = true;
    known.isExamined = true;
    const isFit = await this.#examine(statement).catch(() => false);
    this.#isExamining = false;
    if (!isFit) return;
    this.#names += 1;
    known.name = `cloudtap_${this.#service}_${String(this.#names)}`;
  }

  #forgetOldest(): void {
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostKnown && oldest !== undefined) this.#known.delete(oldest);
  }
}
