import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CaseRecord } from '../../contract/model/case.ts';
import { identitySchema } from '../../contract/model/identity.ts';
import { removeEndedRecords } from '../remove-ended-records.ts';
import { CaseStore } from './case-store.ts';

let directory: string;
let store: CaseStore;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ended-cases-'));
  store = new CaseStore(directory);
});
afterEach(() => rm(directory, { recursive: true }));

const HASH = 'a'.repeat(64);

/** @param at its last event @param isSealed its evidence is written */
async function keep(at: string, isSealed: boolean): Promise<string> {
  const id = store.newId();
  await store.createFolder(id);
  const record: CaseRecord = {
    format: 'one-shot-case-1',
    id,
    order: 'inOrder',
    profile: 'single-use-p256',
    registrationAuthority: '1000',
    documents: [{ name: 'a.pdf', sourcePath: '/a.pdf', bytes: 1, sha256: `${'A'.repeat(43)}=` }],
    signers: [
      {
        identity: identitySchema.parse({
          givenName: 'Ada',
          idDocument: { type: 'PAS', country: 'GB', number: '533401372' },
          mobilePhone: '+34600111222',
        }),
        documents: [{ document: 0, options: {} }],
        attempts: [],
      },
    ],
    ...(isSealed && { closed: { outcome: 'unsigned', files: [null], record: { sequence: 1, hash: HASH } } }),
    events: [{ at, type: 'created' }],
  };
  await store.write(record);
  return id;
}

it('removes the records of cases that ended before, and keeps those that are open or cannot be read', async () => {
  const old = await keep('2026-01-01T00:00:00.000Z', true);
  const open = await keep('2026-01-01T00:00:00.000Z', false);
  const recent = await keep('2026-03-01T00:00:00.000Z', true);
  const unreadable = await keep('2026-01-01T00:00:00.000Z', true);
  await writeFile(join(store.folder(unreadable), 'case.json'), '{');
  await removeEndedRecords(directory, new Date('2026-02-01T00:00:00Z'));
  expect(await store.list()).toEqual([open, recent, unreadable].sort());
  expect(await store.list()).not.toContain(old);
});
