import { type Logger, pino, stdTimeFunctions } from 'pino';

export type Log = Logger;

/** JSON lines on stdout. */
export function createLog(level: string): Log {
  return pino({ level, base: { service: 'inference' }, timestamp: stdTimeFunctions.isoTime });
}
