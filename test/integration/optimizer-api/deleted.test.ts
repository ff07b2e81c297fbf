import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Libsql from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient, corpus } from './client.ts';
import { type OptimizerProcess, startOptimizer } from './optimizer-process.ts';
import { makeToken, startTrialService, type TrialService } from './trial-service.ts';

/** What an application deletes is in no byte of the data directory any more, while everything runs. */

let service: TrialService;
let data: string;
let optimizer: OptimizerProcess;
let client: ApiClient;

beforeAll(async () => {
  service = await startTrialService();
  data = await mkdtemp(join(tmpdir(), 'optimizer-deleted-'));
  await start();
  await makeToken(optimizer.url);
}, 60_000);
afterAll(async () => {
  await optimizer?.stop();
  await service?.close();
  await rm(data, { recursive: true, force: true });
});

async function start(): Promise<void> {
  optimizer = await startOptimizer({ data, args: service.args() });
  client = new ApiClient(optimizer.url);
}

/** Files below the data directory that hold any of these texts, as UTF-8 or UTF-16. */
async function filesWith(...texts: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const text of texts) {
    const wide = [...Buffer.from(text, 'utf16le')]
      .map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`)
      .join('');
    for (const args of [
      ['-rlaF', text],
      ['-rlaP', wide],
    ]) {
      const { stdout } = await promisify(execFile)('grep', [...args, data], { env: { LC_ALL: 'C' } }).catch(
        (error: { code: number }) => {
          if (error.code === 1) return { stdout: '' };
          throw error;
        },
      );
      for (const name of stdout.split('\n')) if (name !== '') found.add(name.slice(data.length + 1));
    }
  }
  return [...found].sort();
}

let planted = 0;
const plant = () => {
  planted++;
  return {
    given_name: `Plantedgiven${'abcdefgh'[planted]}`,
    surname_1: `Plantedsurname${'abcdefgh'[planted]}`,
    email: `planted-${planted}@mail.example`,
    mobile_phone_number: `+3461250000${planted}`,
    serial_number: `PLANTED${planted}Z`,
    residence_address: `Planted street ${planted}`,
  };
};
type Planted = ReturnType<typeof plant>;

const notInEvidence = ({ email, mobile_phone_number, residence_address }: Planted) => [
  email,
  mobile_phone_number,
  residence_address,
];
/** The sealed evidence says who it was about, and stays (docs/threat-model.md). */
const isEvidence = (file: string): boolean => file.startsWith('optimizer/evidence/');

describe('a request that is deleted', () => {
  it.each([
    ['before its code', async (pk: number) => pk],
    ['after its code', async (pk: number) => void (await client.call('POST', `/otp/${pk}`))],
    [
      'after it was signed',
      async (pk: number) => {
        await client.call('POST', `/otp/${pk}`);
        expect((await client.post(`/sign/${pk}`, { secret: '000000' })).http).toBe(200);
      },
    ],
  ])(
    '%s leaves nothing of the signer but the evidence',
    async (_name, live) => {
      const signer = plant();
      const pk = await client.request(signer);
      await client.upload(`/document/${pk}`, { 'planted-document.pdf': corpus('pdftex.pdf') });
      await live(pk);
      expect((await filesWith(...Object.values(signer))).length).toBeGreaterThan(0);
      expect((await client.delete(`/request/${pk}`)).http).toBe(200);
      expect(await filesWith(...notInEvidence(signer))).toEqual([]);
      expect((await filesWith(...Object.values(signer))).filter((file) => !isEvidence(file))).toEqual([]);
      expect(await readdir(join(data, 'optimizer', 'api', 'requests'))).not.toContain(String(pk));
      const { status, given_name: name } = (await client.get(`/request/${pk}`)).body.details;
      expect([status, name]).toEqual([expect.stringMatching(/^(CANCELLED|ISSUED)$/), null]);
    },
    60_000,
  );

  it('with a video identification leaves no evidence of it either', async () => {
    const signer = plant();
    const { body } = await client.post('/videoid', signer);
    const { request_pk: pk } = body.details;
    const ocr = { given_name: 'Plantedocr', surname_1: 'Plantedocr', serial_number: 'PLANTEDOCR' };
    expect((await client.post(`/videoid/${pk}/evidences`, { videoid_data: { ocr_data: ocr } })).http).toBe(
      200,
    );
    await client.delete(`/request/${pk}`);
    expect(await filesWith(...Object.values(signer), 'Plantedocr', 'PLANTEDOCR')).toEqual([]);
  });
});

it('tokens, pictures, metadata and replaced settings leave nothing', async () => {
  const token = (await client.post('/token', { username: 'planted-officer', env: 'sandbox' })).body.details;
  const { id } = {
    id: (await client.post('/metadata', { metadata: 'cGxhbnRlZA==', metadata_oid: '1.2.987654' })).body
      .details.metadata,
  };
  const picture = join(import.meta.dirname, '../../conformance/handwriting.png');
  const image = (await client.upload('/image', { 'planted-image': picture })).body.details;
  await client.post('/settings', { billing: { billing_username: 'planted-billing' } });
  const texts = ['planted-officer', 'cGxhbnRlZA==', '1.2.987654', image, 'planted-billing'];
  expect(await filesWith(...texts)).not.toEqual([]);
  await client.delete(`/token/${token}`);
  await client.delete(`/metadata/${id}`);
  await client.delete(`/image/${image}`);
  await client.post('/settings', { billing: { billing_username: 'other' } });
  expect(await filesWith(...texts)).toEqual([]);
});

it('a store of an earlier version loses what was deleted in it when it is opened', async () => {
  await optimizer.stop();
  const path = join(data, 'optimizer', 'api', 'records.db');
  await rm(path);
  const earlier = new Libsql(path);
  earlier.exec(`
    PRAGMA journal_mode = WAL;
    CREATE TABLE record (
      collection TEXT NOT NULL, key TEXT NOT NULL, position INTEGER NOT NULL, value TEXT NOT NULL,
      PRIMARY KEY (collection, key)
    ) WITHOUT ROWID;
    CREATE INDEX record_by_position ON record (collection, position);
    CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
    INSERT INTO counter VALUES ('pk', 7), ('position', 200);
  `);
  const insert = earlier.prepare('INSERT INTO record VALUES (?, ?, ?, ?)');
  for (let n = 0; n < 200; n++)
    insert.run(['metadata', `gone-${n}`, n, JSON.stringify({ oid: '1.2', metadata: `planted-before-${n}` })]);
  insert.run(['metadata', 'kept', 200, JSON.stringify({ oid: '1.2', metadata: 'S2VwdA==' })]);
  insert.run(['settings', 'settings', 201, JSON.stringify({ request: { default_ra: '4711' } })]);
  earlier.exec(`DELETE FROM record WHERE key LIKE 'gone-%'; PRAGMA wal_checkpoint(PASSIVE)`);
  earlier.close();
  expect(await filesWith('planted-before-')).not.toEqual([]);
  await start();
  expect(await filesWith('planted-before-')).toEqual([]);
  // What it held belongs to everybody on the machine, as before.
  expect((await client.get('/metadata/kept')).body.details.metadata).toBe('S2VwdA==');
  expect((await client.get('/settings')).body.details.request.default_ra).toBe('4711');
}, 30_000);
