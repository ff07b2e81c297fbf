import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Draft } from '../../contract/model/draft.ts';
import { draftFile } from './draft-records.ts';
import { Drafts, type DraftsOptions } from './drafts.ts';

const ADA: Draft = {
  step: 'identity',
  form: { givenName: 'Ada', idDocument: { type: 'IDC', country: 'ES', number: '' }, mobilePhone: '' },
  documents: [{ path: '/home/clerk/loan.pdf' }],
};
const [FIRST, SECOND] = ['drf_0000000000000001', 'drf_0000000000000002'] as const;

describe('what a clerk prepares', () => {
  let path: string;
  let now: Date;
  const open = (change: Partial<DraftsOptions> = {}) =>
    new Drafts({
      records: draftFile(path),
      key: async () => new Uint8Array(32).fill(7),
      days: () => 30,
      now: () => now,
      ...change,
    });

  beforeEach(async () => {
    path = join(await mkdtemp(join(tmpdir(), 'drafts-')), 'drafts.json');
    now = new Date('2026-11-25T09:00:00Z');
  });

  it('is there again after a restart, sealed at rest', async () => {
    await open().keep(FIRST, ADA);
    expect(await open().list()).toEqual([
      { id: FIRST, signer: 'Ada', documents: ['loan.pdf'], changedAt: '2026-11-25T09:00:00.000Z' },
    ]);
    expect(await open().open(FIRST)).toEqual(ADA);
    expect(await readFile(path, 'utf8')).not.toMatch(/Ada|loan/);
  });

  it('lies side by side, the newest first, and is replaced under its own id', async () => {
    await open().keep(FIRST, ADA);
    await open().keep(SECOND, { ...ADA, form: undefined });
    const all = await open().keep(FIRST, { ...ADA, step: 'documents' });
    expect(all.map(({ id }) => id)).toEqual([FIRST, SECOND]);
    expect((await open().remove(FIRST)).map(({ id }) => id)).toEqual([SECOND]);
  });

  it('is not kept where it is nothing', async () => {
    expect(await open().keep(FIRST, { step: 'documents', documents: [] })).toEqual([]);
  });

  it('goes when its time is over, and is never kept where nobody may be remembered', async () => {
    await open().keep(FIRST, ADA);
    now = new Date('2026-12-26T09:00:00Z');
    expect(await open().list()).toEqual([]);
    await open({ days: () => 0 }).keep(FIRST, ADA);
    await expect(readFile(path)).rejects.toThrow();
  });

  it('of another computer opens to nobody', async () => {
    await open().keep(FIRST, ADA);
    const other = open({ key: async () => new Uint8Array(32).fill(8) });
    expect(await other.list()).toEqual([]);
    await expect(other.open(FIRST)).rejects.toMatchObject({ code: 'OSS_NOT_FOUND' });
  });
});
