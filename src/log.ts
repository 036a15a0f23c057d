import { pino, type Logger } from 'pino';

export type Log = Logger;
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** One JSON object per line on stderr, so that stdout holds what people and scripts wait for. */
export function createLog(level: LogLevel): Log {
  return pino({ level, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
}
