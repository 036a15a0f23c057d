import { setMaxListeners } from 'node:events';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { ServiceError } from '../service-error.ts';

const signals = new WeakMap<Socket, AbortSignal>();

/**
 * Gives every connection a signal that fires when it closes. It belongs to the connection, since a
 * response that waits behind another one on it (pipelining) is not told of the end.
 */
export function watchConnections(server: Server): void {
  server.on('connection', (socket: Socket) => {
    const connection = new AbortController();
    // Pipelined requests all listen to the same signal.
    setMaxListeners(0, connection.signal);
    signals.set(socket, connection.signal);
    socket.once('close', () => {
      connection.abort(new ServiceError('client-gone', 'The client closed the connection.'));
    });
  });
}

/** Fires when the client of this connection has gone. */
export function connectionSignal(socket: Socket): AbortSignal {
  return signals.get(socket) ?? AbortSignal.abort();
}
