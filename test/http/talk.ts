import { connect } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** One request, its redirects not followed. */
export async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

export function post(url: string, parameters: Readonly<Record<string, string>>): Promise<Answer> {
  return ask(url, { method: 'POST', body: new URLSearchParams(parameters) });
}

/** GET /sync with LANG=ADQL and these parameters. */
export function query(url: string, parameters: Readonly<Record<string, string>>): Promise<Answer> {
  return ask(`${url}/sync?${new URLSearchParams({ LANG: 'ADQL', ...parameters }).toString()}`);
}

/** The cells of a TABLEDATA document, row by row. */
export function rowsOf(document: string): readonly (readonly string[])[] {
  return Array.from(document.matchAll(/<TR>(.*?)<\/TR>/gs), ([, row = '']) =>
    Array.from(row.matchAll(/<TD>(.*?)<\/TD>/gs), ([, cell = '']) => cell),
  );
}

/** The text of an error document's QUERY_STATUS, by the very line that TapPlus looks for. */
export function errorOf(document: string): string | null {
  return /<INFO name="QUERY_STATUS" value="ERROR">([^]*?)<\/INFO>/.exec(document)?.[1] ?? null;
}

/** Every QUERY_STATUS of a document, in order. */
export function statusesOf(document: string): readonly string[] {
  return Array.from(document.matchAll(/name="QUERY_STATUS" value="(\w+)"/g), ([, s = '']) => s);
}

/** Sends bytes as they are and returns all that comes until the server closes; `FIN`: sends no more. */
export function talk(port: number, pieces: readonly string[], end?: 'FIN'): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let heard = '';
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      heard += text;
    });
    socket.on('close', () => {
      resolve(heard);
    });
    socket.on('error', reject);
    for (const piece of pieces) socket.write(piece);
    if (end === 'FIN') socket.end();
  });
}
