import { describe, expect, it } from 'vitest';
import type { CaseRecord } from '../../contract/model/case.ts';
import type { Connection } from '../service/connection.ts';
import { CaseDesk } from './case-desk.ts';

const RECORD = {
  format: 'one-shot-case-1',
  id: 'case_1',
  order: 'sequential',
  documents: [{ name: 'contract.pdf' }],
  signers: [],
  events: [],
} as unknown as CaseRecord;

/** A desk over cases that do nothing but tell what they are given, and what became of them. */
function deskOver() {
  const listeners = new Set<(record: CaseRecord) => void>();
  const given: unknown[] = [];
  const cases = {
    create: async () => RECORD,
    get: async () => RECORD,
    close: async () => RECORD,
    onChange: (listener: (record: CaseRecord) => void) => listeners.add(listener),
    begin: async (_id: string, _signer: number, options: { passwords?: unknown }) =>
      given.push(options.passwords),
  };
  const optimizer = { cases };
  const connection = { optimizer, profile: 'p', registrationAuthority: '-' } as unknown as Connection;
  const desk = new CaseDesk({
    connect: async () => connection,
    deliverTo: () => '.',
    organisation: () => 'Bank',
    level: () => 'automatic',
    desk: { begin: async (_count, start) => start(connection.optimizer, {} as never) as never },
  });
  return {
    desk,
    given,
    tell: (record: CaseRecord) => listeners.forEach((listener) => void listener(record)),
  };
}

describe('the passwords of the documents of a case', () => {
  const protectedFile = { path: 'contract.pdf', name: 'contract.pdf', password: 'open sesame' };
  const known = new Map([[0, 'open sesame']]);

  it('are there for each signer, and gone when the case has ended by itself', async () => {
    const { desk, given, tell } = deskOver();
    await desk.create([protectedFile], [], 'sequential' as never);
    await desk.begin('case_1', 0);
    tell(RECORD);
    await desk.begin('case_1', 1);
    tell({ ...RECORD, closed: { outcome: 'signed' } } as unknown as CaseRecord);
    await desk.begin('case_1', 1);
    expect(given).toEqual([known, known, undefined]);
  });

  it('are gone when somebody has closed it', async () => {
    const { desk, given } = deskOver();
    await desk.create([protectedFile], [], 'sequential' as never);
    await desk.close('case_1');
    await desk.begin('case_1', 0);
    expect(given).toEqual([undefined]);
  });
});

describe('the seal of the bank', () => {
  const connected = (parts: Record<string, unknown>) =>
    new CaseDesk({
      connect: async () => parts as unknown as Connection,
      deliverTo: () => '.',
      organisation: () => 'Bank',
      level: () => 'automatic',
      desk: { begin: async () => ({}) as never },
    });

  it('is offered by its id and its organisation, and not at all where the provider has none or is away', async () => {
    const seals = { list: async () => [{ id: 'bank', organisation: 'Bank', notAfter: 'later' }] };
    expect(await connected({ service: { seals } }).seals()).toEqual([{ id: 'bank', organisation: 'Bank' }]);
    expect(await connected({ service: {} }).seals()).toEqual([]);
    const away = { list: () => Promise.reject(new Error('away')) };
    expect(await connected({ service: { seals: away } }).seals()).toEqual([]);
  });

  it('opens protected documents with what a clerk has typed', async () => {
    const sealed: unknown[] = [];
    const record = { ...RECORD, documents: [{ name: 'a.pdf' }, { name: 'b.pdf' }] };
    const cases = { get: async () => record, onChange: () => undefined };
    const optimizer = { cases, sealCase: async (...call: unknown[]) => sealed.push(call) };
    await connected({ optimizer }).seal('case_1', 2, 'open sesame');
    const passwords = new Map([0, 1].map((index) => [index, 'open sesame']));
    expect(sealed).toEqual([['case_1', 2, { passwords }]]);
  });
});
