import { type Answer, ask, talk } from './talk.ts';

/** A multipart POST as a client would send it. */
export interface MultipartPost {
  readonly port: number;
  /** Below the host: `/tap/sync`. */
  readonly path: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly file: { readonly name: string; readonly content: string };
}

export type SendMultipart = (post: MultipartPost) => Promise<Answer>;

/** python-requests: no type on the file, its field's name as file name. */
export const asPyvo: SendMultipart = ({ port, path, fields, file }) => {
  const boundary = 'c3b3b54d8405b693beb14f1659ea1094';
  const part = (name: string, rest: string): string =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${rest}\r\n`;
  return ask(`http://127.0.0.1:${String(port)}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` },
    body: [
      ...fields.map(([name, value]) => part(name, `\r\n\r\n${value}`)),
      part(file.name, `; filename="${file.name}"\r\n\r\n${file.content}`),
      `--${boundary}--\r\n`,
    ].join(''),
  });
};

/** astroquery: a boundary full of = and not quoted, FORMAT twice, the type `None` on the file. */
export const asTapPlus: SendMultipart = ({ port, path, fields, file }) => {
  const boundary = '===1795185488239===';
  const part = (disposition: string, rest: string): string =>
    `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n${rest}\r\n`;
  return ask(`http://127.0.0.1:${String(port)}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` },
    body: [
      ...[...fields, ['format', 'votable'] as const].map(([name, value]) =>
        part(`name="${name}"`, `\r\n${value}`),
      ),
      part(`name="${file.name}"; filename="pytable"`, `Content-Type: None\r\n\r\n${file.content}`),
      `--${boundary}--\r\n`,
    ].join(''),
  });
};

/** TOPCAT and STILTS: chunked, an odd boundary in quotes, a type on every part, CRLF in front. */
export const asTopcat: SendMultipart = async ({ port, path, fields, file }) => {
  const boundary = '<<<--------------MULTIPART-BOUNDARY------->>>';
  const body = [
    ...fields.map(
      ([name, value]) =>
        `\r\n--${boundary}\r\nContent-Type: text/plain; charset=UTF-8\r\n` +
        `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}`,
    ),
    `\r\n--${boundary}\r\nContent-Disposition: form-data; name="${file.name}"; ` +
      `filename="${file.name}"\r\nContent-Type: application/x-votable+xml\r\n\r\n${file.content}`,
    `\r\n--${boundary}--\r\n`,
  ].join('');
  const chunks = body
    .match(/[^]{1,100}/g)
    ?.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`);
  const heard = await talk(port, [
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${String(port)}\r\nConnection: close\r\n` +
      `Content-Type: multipart/form-data; boundary="${boundary}"\r\n` +
      'Transfer-Encoding: chunked\r\n\r\n',
    ...(chunks ?? []),
    '0\r\n\r\n',
  ]);
  return answerOf(heard);
};

function answerOf(heard: string): Answer {
  const [head = '', ...rest] = heard.split('\r\n\r\n');
  const [status = '', ...lines] = head.split('\r\n');
  const headers = new Headers();
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return { status: Number(status.split(' ')[1]), headers, body: rest.join('\r\n\r\n') };
}
