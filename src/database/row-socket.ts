import { type ConnectOpts, Socket, type SocketConstructorOpts } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Cut, MessageCutter } from './message-cutter.ts';

type DataListener = (chunk: Buffer) => void;

/** Gets what a read has brought. The bytes of its rows last while the next read goes on. */
export type Receiver = (cuts: readonly Cut[]) => void;

/** The messages that come over a connection: pg's to read, or for a while somebody else's. */
export interface MessageSource {
  /** From now on `receive` gets them, and pg nothing. */
  readonly divert: (receive: Receiver) => void;
  /** To pg, as if it had come just now. */
  readonly passOn: (message: Buffer) => void;
  /** Ends `divert`: pg reads on, beginning with this message. */
  readonly restore: (message: Buffer) => void;
}

const sources = new WeakMap<Duplex, MessageSource>();

/**
 * A socket for pg to connect, whose bytes can be taken from it without a buffer made for each read.
 * With TLS pg wraps the socket in one of another kind, which reads in Node's usual way.
 */
export function rowSocket(connection?: { readonly ssl?: unknown }): Socket {
  if (connection?.ssl !== undefined && connection.ssl !== false) return new Socket();
  const cutter = new MessageCutter();
  let receiver: Receiver | null = null;
  const received = (count: number): boolean => {
    if (receiver === null) socket.emit('data', Buffer.from(cutter.space().subarray(0, count)));
    else receiver(cutter.cut(count));
    return true;
  };
  const onread = { buffer: () => cutter.space(), callback: received };
  const options: SocketConstructorOpts & ConnectOpts = { onread };
  const socket = new Socket(options);
  sources.set(socket, {
    divert: (receive) => {
      receiver = receive;
    },
    passOn: (message) => {
      socket.emit('data', Buffer.from(message));
    },
    restore: (message) => {
      receiver = null;
      socket.emit('data', Buffer.concat([message, cutter.takeHeld()]));
    },
  });
  return socket;
}

/** Of a connection of pg's, whatever its socket is. */
export function messagesOf(stream: Duplex): MessageSource {
  const source = sources.get(stream) ?? sourceOfStream(stream);
  sources.set(stream, source);
  return source;
}

/** Takes pg's listeners away for a while. */
function sourceOfStream(stream: Duplex): MessageSource {
  const cutter = new MessageCutter();
  let listeners: readonly DataListener[] = [];
  let onData: DataListener = () => undefined;
  const passOn = (message: Buffer): void => {
    for (const listener of listeners) listener(Buffer.from(message));
  };
  return {
    divert: (receive) => {
      onData = (chunk) => {
        chunk.copy(cutter.space(chunk.length));
        receive(cutter.cut(chunk.length));
      };
      listeners = stream.listeners('data') as readonly unknown[] as readonly DataListener[];
      for (const listener of listeners) stream.off('data', listener);
      stream.on('data', onData);
    },
    passOn,
    restore: (message) => {
      stream.off('data', onData);
      for (const listener of listeners) stream.on('data', listener);
      passOn(Buffer.concat([message, cutter.takeHeld()]));
    },
  };
}
