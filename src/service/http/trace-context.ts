import { randomBytes } from 'node:crypto';

/** Version 00 (W3C Trace Context §3.2); a version of later years begins alike. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(?:-.*)?$/;
const NOTHING = /^0+$/;

/**
 * The trace that a call belongs to, for its lines in the log: of the caller where it names one, else a new one. Only
 * hexadecimal digits are taken from outside.
 */
export function traceOf(traceparent: string | string[] | undefined): { traceId: string; parentId?: string } {
  const [, traceId, parentId] = TRACEPARENT.exec(typeof traceparent === 'string' ? traceparent : '') ?? [];
  if (traceId === undefined || parentId === undefined || NOTHING.test(traceId) || NOTHING.test(parentId)) {
    return { traceId: randomBytes(16).toString('hex') };
  }
  return { traceId, parentId };
}
