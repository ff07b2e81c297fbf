import type { Receipt } from '../port.ts';
import { type DeliveredMessage, TAG } from './pdu.ts';

/** esm_class of a delivery receipt of the SMSC (§5.2.12). */
const RECEIPT = 0x04;
const MESSAGE_TYPE = 0x3c;

/** message_state (§5.2.28) and its word in the text of a receipt (appendix B); others are not final. */
const FINAL_STATES: Readonly<Record<string, Receipt['state']>> = {
  2: 'delivered',
  3: 'failed',
  4: 'failed',
  5: 'failed',
  8: 'failed',
  DELIVRD: 'delivered',
  EXPIRED: 'failed',
  DELETED: 'failed',
  UNDELIV: 'failed',
  REJECTD: 'failed',
};

/** How the same message is named in the response and in its receipt. */
export type ReceiptIds = 'same' | 'hexInAnswer' | 'decimalInAnswer';

/** The receipt in a deliver_sm; undefined where it is none, or tells of a state that is not final. */
export function receiptIn(
  { esmClass, message, parameters }: DeliveredMessage,
  ids: ReceiptIds,
): Receipt | undefined {
  if ((esmClass & MESSAGE_TYPE) !== RECEIPT) return undefined;
  const text = message.toString('latin1');
  const id = cText(parameters.get(TAG.receiptedMessageId)) ?? /\bid:(\S{1,64})/i.exec(text)?.[1];
  const state =
    parameters.get(TAG.messageState)?.[0]?.toString() ?? /\bstat:(\w{1,10})/i.exec(text)?.[1]?.toUpperCase();
  const final = state === undefined ? undefined : FINAL_STATES[state];
  if (id === undefined || id === '' || final === undefined) return undefined;
  return { reference: referenceOf(asInResponse(id, ids)), state: final };
}

const cText = (value: Buffer | undefined): string | undefined => {
  const text = value?.toString('latin1').replace(/\0.*$/s, '');
  return text === '' ? undefined : text;
};

/** One form for what SMSC write with and without leading zeros, in capitals or not. */
export const referenceOf = (messageId: string): string => messageId.toLowerCase().replace(/^0+(?=.)/, '');

function asInResponse(id: string, ids: ReceiptIds): string {
  if (ids === 'hexInAnswer' && /^\d{1,20}$/.test(id)) return BigInt(id).toString(16);
  if (ids === 'decimalInAnswer' && /^[0-9a-f]{1,16}$/i.test(id)) return BigInt(`0x${id}`).toString();
  return id;
}
