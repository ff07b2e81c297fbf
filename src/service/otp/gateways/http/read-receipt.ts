import type { Receipt, ReceiptCallback } from '../port.ts';
import { type GatewayTemplate, valueAt } from './template.ts';

type ReceiptFormat = NonNullable<GatewayTemplate['receipt']>;

/** What a callback reports: nothing where it names a state that is not final, or no message. */
export function readReceipt(format: ReceiptFormat, callback: ReceiptCallback): Receipt | undefined {
  const data = readData(format, callback);
  const [reference, state] = [valueAt(data, format.id), valueAt(data, format.state)].map(textOf);
  if (reference === undefined || reference === '' || reference.length > 128 || state === undefined) {
    return undefined;
  }
  if (format.delivered.includes(state)) return { reference, state: 'delivered' };
  if (format.failed.includes(state) || format.failed.includes('*')) return { reference, state: 'failed' };
  return undefined;
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

function readData({ body: kind }: ReceiptFormat, { body, query }: ReceiptCallback): unknown {
  if (kind === 'query') return Object.fromEntries(new URLSearchParams(query));
  if (kind === 'form') return Object.fromEntries(new URLSearchParams(body));
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
