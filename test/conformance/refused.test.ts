import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../integration/sandbox.ts';
import { Station } from '../integration/station.ts';
import { REFUSED, SIGNABLE } from './corpus.ts';
import { appearance } from './signed-corpus.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox?.close());

const locked = SIGNABLE.find(({ password }) => password !== undefined);

describe('what cannot be signed is refused before anything is written', () => {
  let station: Station;
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'refused-'));
    station = await Station.open({ serviceUrl: sandbox.url, anchor: sandbox.anchor, directory });
  });
  afterEach(async () => {
    await station.close();
    await rm(directory, { recursive: true });
  });

  it.each(REFUSED)('$name: $refusedWith', async ({ path, refusedWith }) => {
    await expect(station.review([{ path }])).rejects.toMatchObject({ code: refusedWith });
    expect(await station.optimizer.list()).toEqual([]);
    expect(await readdir(station.output)).toEqual([]);
  });

  it.each(SIGNABLE.filter((file) => file.visibleRefusedWith))(
    '$name with a visible signature: $visibleRefusedWith',
    async ({ path, visibleRefusedWith }) => {
      const options = await appearance();
      await expect(station.review([{ path, options }])).rejects.toMatchObject({ code: visibleRefusedWith });
      expect(await readdir(station.output)).toEqual([]);
    },
  );

  it.each([
    ['no password', undefined],
    ['a wrong password', 'wrong'],
  ])('an encrypted document with %s: OSS_PDF_PASSWORD_NEEDED', async (_what, password) => {
    const path = locked?.path ?? '';
    const document = password === undefined ? { path } : { path, password };
    await expect(station.review([document])).rejects.toMatchObject({ code: 'OSS_PDF_PASSWORD_NEEDED' });
    expect(await readdir(station.output)).toEqual([]);
  });
});
