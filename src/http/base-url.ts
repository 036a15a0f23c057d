import type { IncomingMessage } from 'node:http';
import { basePath, type HttpContext } from './http-context.ts';

/** A host name or address with an optional port, and nothing that could end an attribute or URL. */
const plainHost = /^[\w.-]+(:\d+)?$|^\[[\da-fA-F:.]+\](:\d+)?$/;

/**
 * The URL that documents give for this service. Without a configured one it is the one that the
 * client used, since nobody else knows under which name a container or tunnel is reached.
 */
export function baseUrl(request: IncomingMessage, context: HttpContext): string {
  if (context.publicUrl !== null) return context.publicUrl;
  const { host } = request.headers;
  if (host !== undefined && plainHost.test(host)) return `http://${host}${basePath}`;
  const { localAddress, localPort } = request.socket;
  return `http://${localAddress ?? '127.0.0.1'}:${String(localPort ?? 80)}${basePath}`;
}
