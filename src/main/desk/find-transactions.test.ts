import { describe, expect, it } from 'vitest';
import { identitySchema } from '../../contract/model/identity.ts';
import type { Transaction } from '../../contract/model/transaction.ts';
import { isMeant } from './find-transactions.ts';

const transaction: Transaction = {
  id: 'tx_0123456789abcdef01234567',
  state: 'delivered',
  createdAt: '2026-11-29T12:00:00.000Z',
  updatedAt: '2026-11-29T12:05:00.000Z',
  profile: 'single-use-p256',
  registrationAuthority: '1000',
  level: 'B-T',
  identity: identitySchema.parse({
    givenName: 'María José',
    surname1: 'García',
    idDocument: { type: 'IDC', country: 'ES', number: '12345678Z' },
    mobilePhone: '+34600111222',
  }),
  documents: [
    {
      name: 'Préstamo 17.pdf',
      sourcePath: '/documents/a.pdf',
      bytes: 10,
      sha256: `${'A'.repeat(43)}=`,
      pages: 1,
      earlierSignatures: 0,
      notes: [],
      options: {},
    },
  ],
  delivered: ['/signed/Préstamo 17-signed.pdf'],
};

describe('the search of a clerk', () => {
  it.each([
    'garcia',
    'JOSE maria',
    'prestamo',
    '17-signed',
    '12345678z',
    '12.345.678-Z',
    '2026-11-29',
    '29/11/2026 garcía',
    '',
  ])('finds the customer of yesterday by “%s”', (words) => {
    expect(isMeant(transaction, words)).toBe(true);
  });

  it.each(['garcia lópez', '2026-11-30', '99999999', '600111222', '…'])('finds nothing by “%s”', (words) => {
    expect(isMeant(transaction, words)).toBe(false);
  });
});
