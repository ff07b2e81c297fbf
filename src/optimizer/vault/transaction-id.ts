import { randomBytes } from 'node:crypto';

/** Of a new transaction, which has no folder yet. */
export const newTransactionId = (): string => `tx_${randomBytes(12).toString('hex')}`;
