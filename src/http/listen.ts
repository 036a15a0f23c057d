import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { ServiceError } from '../service-error.ts';
import { createApp } from './create-app.ts';
import { watchConnections } from './connection-signal.ts';
import type { HttpContext } from './http-context.ts';
import { answerBrokenRequest, refuseTunnel } from './broken-request.ts';

export interface Address {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
}

export interface HttpService {
  readonly port: number;
  /** Takes no more requests, lets running answers end for `seconds`, then cuts them off. */
  readonly stop: (seconds: number) => Promise<void>;
}

const serverOptions = {
  /** Bytes of the request line and headers: queries may come by GET. */
  maxHeaderSize: 131_072,
  /** Milliseconds for the headers, and for the whole request: who is slower holds a connection for nothing. */
  headersTimeout: 30_000,
  requestTimeout: 300_000,
  /** Longer than the 60 s of common load balancers, which otherwise meet a closing connection. */
  keepAliveTimeout: 65_000,
  /** Milliseconds between looks for those who are too slow. */
  connectionsCheckingInterval: 10_000,
  /** Who sends no Host is answered in words, by the app. */
  requireHostHeader: false,
} as const;

/**
 * Serves until stopped.
 * @throws ServiceError when the address cannot be had
 */
export async function listen(address: Address, context: HttpContext): Promise<HttpService> {
  const { answer, messages } = createApp(context);
  const server = createServer({ ...serverOptions, ...messages }, answer);
  watchConnections(server);
  server.on('clientError', answerBrokenRequest);
  server.on('connect', (_request, socket) => {
    refuseTunnel(socket);
  });
  // An expectation other than 100-continue, which nobody is known to have, is not met and no obstacle.
  server.on('checkExpectation', answer);
  server.listen(address.port, address.host);
  await once(server, 'listening').catch((cause: unknown) => {
    throw cannotListen(address, cause);
  });
  return {
    port: portOf(server),
    stop: (seconds) => stop(server, seconds),
  };
}

function cannotListen({ host, port }: Address, cause: unknown): ServiceError {
  const place = `port ${String(port)} of ${host}`;
  const isTaken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
  const message = isTaken
    ? `Another program listens on ${place}. Set PORT to a free one, or to 0.`
    : `Cannot listen on ${place}. Check HOST and PORT.`;
  return new ServiceError('internal', message, { cause });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function stop(server: Server, seconds: number): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const patience = setTimeout(() => {
    server.closeAllConnections();
  }, seconds * 1000);
  await closed;
  clearTimeout(patience);
}
