import { describe, expect, it } from 'vitest';
import type { Transaction } from '../../contract/model/transaction.ts';
import { RecentlyEnded } from './recently-ended.ts';

const transaction = (id: string, state: Transaction['state'], more = ''): Transaction =>
  ({ id, state, profile: more }) as Transaction;

describe('transactions that have ended', () => {
  it('are known until they are forgotten; open ones never', () => {
    const ended = new RecentlyEnded();
    const delivered = transaction('tx_1', 'delivered');
    ended.note(delivered);
    ended.note(transaction('tx_2', 'otpSent'));
    expect(ended.get('tx_1')).toBe(delivered);
    expect(ended.get('tx_2')).toBeUndefined();
    ended.forget('tx_1');
    expect(ended.get('tx_1')).toBeUndefined();
  });

  it('take a bounded amount of memory: the one that nobody asked for longest goes', () => {
    const ended = new RecentlyEnded();
    const megabytes = (n: number): string => 'x'.repeat(n * 1024 * 1024);
    for (const id of ['tx_1', 'tx_2', 'tx_3']) ended.note(transaction(id, 'cancelled', megabytes(5)));
    ended.get('tx_1');
    ended.note(transaction('tx_4', 'cancelled', megabytes(5)));
    expect(['tx_1', 'tx_2', 'tx_3', 'tx_4'].filter((id) => ended.get(id))).toEqual(['tx_1', 'tx_3', 'tx_4']);
  });
});
