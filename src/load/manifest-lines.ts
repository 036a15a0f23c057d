import { StringDecoder } from 'node:string_decoder';

/** Characters kept of a line. Keys have at most 1024 bytes, so that longer lines are no manifest's. */
const longestLine = 2048;

/**
 * Splits bytes into lines as they come: each batch holds the whole lines that one chunk completed,
 * without their line ends (LF or CRLF). A line that is too long comes out cut off.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly string[]> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let isSkipping = false;
  for await (const chunk of chunks) {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    if (isSkipping && lines.length > 0) {
      lines.shift();
      isSkipping = false;
    }
    if (isSkipping) rest = '';
    if (rest.length > longestLine) {
      lines.push(rest.slice(0, longestLine));
      rest = '';
      isSkipping = true;
    }
    yield lines;
  }
  rest += decoder.end();
  if (rest !== '' && !isSkipping) yield [rest];
}
