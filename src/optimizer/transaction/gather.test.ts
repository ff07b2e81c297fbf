import { describe, expect, it } from 'vitest';
import type { ImportedDocument, Transaction } from '../../contract/model/transaction.ts';
import type { TransactionEvent } from '../journal/events.ts';
import { reduce } from '../journal/reduce.ts';
import { freeSlot, slotOf } from '../journal/slots.ts';
import { contentsOf } from './manifest-of.ts';

const at = '2026-01-31T10:20:30.000Z';
const digest = (letter: string): string => `${letter.repeat(43)}=`;

const imported = (letter: string, slot?: number): ImportedDocument => ({
  name: `${letter}.pdf`,
  sourcePath: `/in/${letter}.pdf`,
  bytes: 10,
  sha256: digest(letter),
  pages: 1,
  earlierSignatures: 0,
  notes: [],
  options: {},
  ...(slot === undefined ? {} : { slot }),
});

const created: TransactionEvent = {
  type: 'created',
  id: 'tx_0123456789abcdef',
  profile: 'single-use-p256',
  registrationAuthority: '1000',
  level: 'B-T',
  documents: [],
  identity: {
    givenName: 'Ada',
    surname1: 'Lovelace',
    idDocument: { type: 'PAS', country: 'GB', number: '533401372' },
    email: 'ada@example.com',
    mobilePhone: '+34600111222',
    language: 'en',
  },
};
const registered: TransactionEvent = {
  type: 'registered',
  registration: {
    requestId: 'req_0123456789abcdef',
    expiresAt: '2026-01-31T11:00:00Z',
    maskedPhone: '+34•••••••22',
    contractSha256: 'ab',
  },
};
const agreed = (...letters: string[]): TransactionEvent => ({
  type: 'contentsAgreed',
  contents: letters.map(digest),
});
const codeSent: TransactionEvent = {
  type: 'codeSent',
  otp: {
    reference: 'K7QF-2M9D',
    maskedPhone: '+34•••••••22',
    digits: 6,
    expiresAt: at.replace('.000', ''),
    resendAt: at.replace('.000', ''),
    triesLeft: 3,
    codesLeft: 4,
    deliveryReference: 'sms_1',
  },
};

const folded = (...events: TransactionEvent[]): Transaction => {
  const record = events.reduce<Transaction | undefined>(
    (record, event) => reduce(record, { at, event }),
    undefined,
  );
  if (record === undefined) throw new Error('no event');
  return record;
};

const added = (letter: string, slot: number): TransactionEvent => ({
  type: 'documentAdded',
  document: imported(letter, slot),
});

describe('a transaction that is registered before its documents are known', () => {
  it('takes documents and hashes; the code is bound to documents first, then hashes', () => {
    const transaction = folded(
      created,
      registered,
      added('a', 0),
      {
        type: 'hashAdded',
        hash: { name: 'x.json', digest: digest('h'), slot: 1 },
      },
      added('b', 2),
    );
    expect(transaction.state).toBe('registered');
    expect(contentsOf(transaction)).toEqual([digest('a'), digest('b'), digest('h')]);
    expect(freeSlot(transaction)).toBe(3);
  });

  it('keeps the place of each document when another is taken out', () => {
    const transaction = folded(
      { ...created, documents: [imported('a'), imported('b'), imported('c')] },
      registered,
      { type: 'slotRemoved', slot: 1 },
    );
    expect(
      transaction.documents.map((document, position) => [document.name, slotOf(document, position)]),
    ).toEqual([
      ['a.pdf', 0],
      ['c.pdf', 2],
    ]);
  });

  it('forgets agreement, preparation and code when a document comes or goes', () => {
    const sent = folded(created, registered, added('a', 0), agreed('a'), codeSent);
    expect(sent.state).toBe('otpSent');
    for (const event of [added('b', 1), { type: 'slotRemoved', slot: 0 }] as const) {
      expect(reduce(sent, { at, event })).toMatchObject({ state: 'registered', contents: undefined });
    }
  });

  it('prepares for the chosen appearance without voiding a code that is bound to contents', () => {
    const sent = folded(created, registered, added('a', 0), agreed('a'), codeSent);
    const prepared = reduce(sent, { at, event: { type: 'prepared', prepared: [] } });
    expect(prepared.state).toBe('otpSent');
  });

  it('is bound to final digests again once it is reviewed at the desk', () => {
    const desk = folded(
      created,
      registered,
      added('a', 0),
      agreed('a'),
      { type: 'prepared', prepared: [] },
      {
        type: 'reviewed',
      },
    );
    expect(desk).toMatchObject({ state: 'reviewed', contents: undefined });
  });

  it('takes nothing more while it is being signed', () => {
    const signing = folded(created, registered, added('a', 0), agreed('a'), codeSent, {
      type: 'signing',
      idempotencyKey: 'k',
    });
    expect(() => reduce(signing, { at, event: added('b', 1) })).toThrow(/not at a step/);
  });
});
