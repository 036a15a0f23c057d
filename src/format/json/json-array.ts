import type { ByteOutput } from '../byte-output.ts';
import { copyCell, type Cell, type CellWriter } from '../cell-writer.ts';
import { quote, writeJsonString } from './json-text.ts';

const comma = 0x2c;
const backslash = 0x5c;
const capitalN = 0x4e;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** `{`, `}` and comma, in JSON's spelling. */
const punctuation: ReadonlyMap<number, number> = new Map([
  [openBrace, 0x5b],
  [closeBrace, 0x5d],
  [comma, comma],
]);

const nullWord = Buffer.from('null');

/**
 * `{{1,NULL},{2,3}}` as `[[1,null],[2,3]]` (PostgreSQL manual, "Array Input and Output Syntax").
 * @param writeElement for an element that is not NULL, with its quotes if it has any
 */
export function arrayWriter(writeElement: CellWriter): CellWriter {
  return ({ source, start, end }, output) => {
    // In front of it stands `[0:2]=` when the array does not begin at 1.
    let at = source.indexOf(openBrace, start);
    while (at < end) {
      const mark = punctuation.get(source[at] ?? 0);
      if (mark === undefined) {
        const element = { source, start: at, end: elementEnd(source, at, end) };
        if (isNull(element)) copyCell(nullCell, output);
        else writeElement(element, output);
        at = element.end;
      } else {
        output.reserve(1);
        output.bytes[output.length++] = mark;
        at += 1;
      }
    }
  };
}

/** An element of text[]. PostgreSQL puts it in quotes where need be, with `\\"` and `\\\\` in them. */
export function writeTextElement(cell: Readonly<Cell>, output: ByteOutput): void {
  const { source, start, end } = cell;
  if (source[start] === quote) writeJsonString(unescaped(source, start + 1, end - 1), output);
  else writeJsonString(cell, output);
}

function unescaped(source: Buffer, start: number, end: number): Cell {
  const text = source.toString('latin1', start, end).replaceAll(/\\(.)/gs, '$1');
  return { source: Buffer.from(text, 'latin1'), start: 0, end: text.length };
}

const nullCell: Cell = { source: nullWord, start: 0, end: nullWord.length };

/** A text `NULL` would have quotes. */
function isNull({ source, start, end }: Readonly<Cell>): boolean {
  return (
    end - start === nullWord.length && source[start] === capitalN && source[start + 1] === 0x55
  );
}

/** Behind the element that begins at `start`. */
function elementEnd(source: Buffer, start: number, end: number): number {
  const isQuoted = source[start] === quote;
  for (let at = start + 1; at < end; at += 1) {
    const byte = source[at] ?? 0;
    if (isQuoted && byte === backslash) at += 1;
    else if (isQuoted ? byte === quote : punctuation.has(byte)) return isQuoted ? at + 1 : at;
  }
  return end;
}
