import type { Response } from 'express';
import type { ServerResponse } from 'node:http';
import { constants, gzip } from 'node:zlib';
import { wantsGzip } from './wants-gzip.ts';

/** @param lastModified null for what must not be kept. */
export function sendXml(response: Response, document: string, lastModified: Date | null): void {
  if (lastModified === null) forbidKeeping(response);
  else response.setHeader('Last-Modified', lastModified.toUTCString());
  response.setHeader('Content-Type', 'text/xml;charset=utf-8');
  sendBytes(response, Buffer.from(document));
}

/** The list of tables and that of jobs may be long: compressed for who asks for it. */
function sendBytes(response: Response, bytes: Buffer): void {
  response.vary('Accept-Encoding');
  if (!wantsGzip(response.req, bytes.length)) {
    response.end(bytes);
    return;
  }
  gzip(bytes, { level: constants.Z_BEST_SPEED }, (error, compressed) => {
    if (error === null) response.setHeader('Content-Encoding', 'gzip');
    response.end(error === null ? compressed : bytes);
  });
}

/** A value without anything around it (UWS 1.1, "Representations"). */
export function sendText(response: Response, text: string): void {
  forbidKeeping(response);
  response.setHeader('Content-Type', 'text/plain;charset=utf-8');
  response.end(text);
}

/**
 * 303 and no other: TOPCAT and TapPlus take nothing else for the answer to a POST.
 * @param url absolute, without a slash at its end: TapPlus takes the job's id from there
 */
export function seeOther(response: Response, url: string): void {
  forbidKeeping(response);
  response.statusCode = 303;
  response.setHeader('Location', url);
  response.end();
}

/** What says how a job stands is out of date at once. */
export function forbidKeeping(response: ServerResponse): void {
  response.setHeader('Cache-Control', 'no-store');
}
