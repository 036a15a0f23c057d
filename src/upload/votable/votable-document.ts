import type { CopyRows } from '../copy-rows.ts';
import { shortened } from '../../service-error.ts';
import { badUpload, uploadTooLarge } from '../upload-failure.ts';
import type { UploadLimits } from '../upload-limits.ts';
import { BinaryRows } from './binary-rows.ts';
import { type Field, type FieldElement, readField } from './field.ts';
import type { TableRows, TableRowsOptions } from './table-rows.ts';
import { TabledataRows } from './tabledata-rows.ts';
import type { XmlAttributes, XmlListener } from './xml-reader.ts';

/** What stands in a TABLE before its DATA. */
export interface TableHead {
  readonly description: string | null;
  readonly utype: string | null;
  readonly fields: readonly Field[];
}

/**
 * Where in the document the reader is. The first TABLE with FIELDs is the uploaded one, outside of
 * RESOURCEs of type `meta`, which describe services; what follows it only has to be well-formed.
 */
type Place = 'before' | 'meta' | 'table' | 'data' | 'after';

type MutableField = { -readonly [Key in keyof FieldElement]: FieldElement[Key] };

/** A VOTable (1.0 to 1.6) on its way: finds the table, then hands its data to the rows. */
export class VotableDocument implements XmlListener {
  readonly #limits: UploadLimits;
  readonly #rows: CopyRows;
  readonly #path: string[] = [];
  #place: Place = 'before';
  /** Depth of the RESOURCE of type meta. */
  #metaDepth = 0;
  #utype: string | null = null;
  #isReference = false;
  #description: string | null = null;
  #fields: MutableField[] = [];
  #table: TableHead | null = null;
  #data: TableRows | null = null;
  #isPastHead = false;

  constructor(limits: UploadLimits, rows: CopyRows) {
    this.#limits = limits;
    this.#rows = rows;
  }

  /** Once its FIELDs have passed. */
  get table(): TableHead | null {
    return this.#table;
  }

  get isPastHead(): boolean {
    return this.#isPastHead;
  }

  readonly open = (element: string, attributes: XmlAttributes): void => {
    const parent = this.#path.at(-1);
    this.#path.push(element);
    if (parent === undefined && element !== 'VOTABLE') throw noVotable(element);
    switch (this.#place) {
      case 'before':
        this.#openOutside(element, attributes);
        break;
      case 'table':
        this.#openInTable(element, attributes, parent);
        break;
      case 'data':
        this.#isPastHead ||= element === 'STREAM';
        this.#data?.open(element, attributes);
        break;
      case 'meta':
      case 'after':
        break;
    }
  };

  readonly close = (element: string): void => {
    const depth = this.#path.length;
    this.#path.pop();
    if (this.#place === 'data') this.#closeInData(element);
    else if (this.#place === 'table' && element === 'TABLE') this.#closeTable();
    else if (this.#place === 'meta' && depth === this.#metaDepth) this.#place = 'before';
  };

  readonly text = (text: string): void => {
    if (this.#place === 'data') this.#data?.text(text);
    else if (this.#place === 'table' && this.#path.at(-1) === 'DESCRIPTION') this.#describe(text);
  };

  #openOutside(element: string, attributes: XmlAttributes): void {
    if (element === 'RESOURCE' && attributes['type'] === 'meta') {
      this.#place = 'meta';
      this.#metaDepth = this.#path.length;
    } else if (element === 'TABLE') {
      this.#place = 'table';
      this.#utype = attributes['utype'] ?? null;
      this.#isReference = attributes['ref'] !== undefined;
      this.#description = null;
      this.#fields = [];
    }
  }

  #openInTable(element: string, attributes: XmlAttributes, parent: string | undefined): void {
    if (element === 'FIELD') this.#addField(attributes);
    else if (element === 'VALUES' && parent === 'FIELD') this.#addNull(attributes);
    else if (parent === 'DATA') this.#beginData(element);
  }

  #addField(attributes: XmlAttributes): void {
    const { columns } = this.#limits;
    if (this.#fields.length >= columns) {
      throw uploadTooLarge(
        `it has more than ${String(columns)} columns, the most that this service takes.`,
      );
    }
    this.#fields.push({ attributes, description: null, nullText: null });
  }

  #addNull(attributes: XmlAttributes): void {
    const field = this.#fields.at(-1);
    if (field !== undefined) field.nullText = attributes['null'] ?? field.nullText;
  }

  /** Of the FIELD or of the TABLE itself; PARAMs and GROUPs have some too. */
  #describe(text: string): void {
    const parent = this.#path.at(-2);
    const field = this.#fields.at(-1);
    if (parent === 'TABLE') this.#description = (this.#description ?? '') + text;
    else if (parent === 'FIELD' && field !== undefined) {
      field.description = (field.description ?? '') + text;
    }
  }

  #beginData(serialization: string): void {
    const { fields } = (this.#table = this.#head());
    if (fields.length === 0) {
      throw badUpload(
        this.#isReference
          ? 'its TABLE takes its FIELDs from another one (ref), which is not read here; repeat the FIELDs.'
          : 'its TABLE has data but no FIELD.',
      );
    }
    const { cellBytes } = this.#limits;
    this.#data = createRows(serialization, { fields, rows: this.#rows, cellBytes });
    this.#place = 'data';
    this.#isPastHead = serialization === 'TABLEDATA';
  }

  #closeInData(element: string): void {
    if (this.#path.at(-1) !== 'DATA') this.#data?.close(element);
    else {
      this.#data?.end();
      this.#place = 'after';
      this.#isPastHead = true;
    }
  }

  /** A TABLE may have no DATA; one that has no FIELDs either is no table. */
  #closeTable(): void {
    const table = this.#head();
    this.#place = table.fields.length > 0 ? 'after' : 'before';
    if (table.fields.length === 0) return;
    this.#table = table;
    this.#isPastHead = true;
  }

  #head(): TableHead {
    const { cellBytes } = this.#limits;
    return {
      description: trimmed(this.#description),
      utype: this.#utype,
      fields: this.#fields.map((field, index) =>
        readField({ ...field, description: trimmed(field.description) }, index + 1, cellBytes),
      ),
    };
  }
}

function createRows(serialization: string, options: TableRowsOptions): TableRows {
  switch (serialization) {
    case 'TABLEDATA':
      return new TabledataRows(options);
    case 'BINARY':
    case 'BINARY2':
      return new BinaryRows(options, serialization);
    default:
      throw badUpload(
        `its data are written as ${shortened(serialization)}; ` +
          'only TABLEDATA, BINARY and BINARY2 are read here.',
      );
  }
}

function trimmed(text: string | null): string | null {
  const content = text?.trim() ?? '';
  return content === '' ? null : content;
}

function noVotable(element: string): unknown {
  return badUpload(
    element.toLowerCase() === 'html'
      ? 'it is an HTML page, not a table.'
      : `it is XML, but no VOTable: its first element is ${shortened(element)}.`,
  );
}
