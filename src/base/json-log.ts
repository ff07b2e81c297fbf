import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import { shownJson } from './untrusted-text.ts';

/**
 * A log of JSON lines. What comes from outside can neither begin a line of its own nor act on the terminal that shows
 * the log: such characters are escaped in the line itself.
 * @param to standard output without it
 */
export const jsonLog = (options: LoggerOptions, to?: DestinationStream): Logger => {
  const escaping: LoggerOptions = { ...options, hooks: { streamWrite: shownJson } };
  return to === undefined ? pino(escaping) : pino(escaping, to);
};

/** Standard error, written before the call returns. */
export const toStandardError = (): DestinationStream => pino.destination({ fd: 2, sync: true });
