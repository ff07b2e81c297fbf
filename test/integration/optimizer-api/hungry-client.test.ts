import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isLongForm } from '../../support/long-form.ts';
import { jsonLines, oneshot } from '../command-line.ts';
import { ApiClient, corpus, newSigner, type Response } from './client.ts';
import { type OptimizerProcess, startOptimizer } from './optimizer-process.ts';

/** One application sends what makes a program slow or large; the other one signs meanwhile. */

const CODE = { secret: '000000' };
const MISBEHAVING = pathToFileURL(join(import.meta.dirname, 'misbehaving-worker.mjs')).href;

class KeyedClient extends ApiClient {
  readonly #key: string;

  constructor(url: string, key: string) {
    super(url);
    this.#key = key;
  }

  override async call(method: string, path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { ...(init.headers as Record<string, string>), 'x-api-key': this.#key };
    const response = await fetch(`${this.base}${path}`, { method, ...init, headers });
    return { http: response.status, body: JSON.parse(await response.text()) };
  }
}

let data: string;
let optimizer: OptimizerProcess;
let [hungry, patient]: KeyedClient[] = [];

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'hungry-client-'));
  const keys: string[] = [];
  for (const name of ['hungry', 'patient']) {
    const [line] = jsonLines(await oneshot(['api-key', name, '--data', data, '--json']));
    keys.push(String(line?.key));
  }
  optimizer = await startOptimizer({
    data,
    args: ['--sandbox', '--fixed-otp', '000000'],
    env: { NODE_OPTIONS: `--import ${MISBEHAVING}` },
  });
  [hungry, patient] = keys.map((key) => new KeyedClient(optimizer.url, key));
}, 60_000);
afterAll(async () => {
  await optimizer?.kill();
  await rm(data, { recursive: true, force: true });
});

const clients = (): readonly [KeyedClient, KeyedClient] => {
  if (!hungry || !patient) throw new Error('not started');
  return [hungry, patient];
};

/** An ordinary document with a comment behind its header. */
function documentThat(says: string): string {
  const path = join(data, `${says}.pdf`);
  writeFileSync(path, Buffer.concat([readFileSync(corpus('pdftex.pdf')), Buffer.from(`%${says}\n`)]));
  return path;
}

async function newRequest(of: KeyedClient): Promise<number> {
  const { body } = await of.post('/request', { token: await of.token(), ...newSigner() });
  return body.details;
}

const signs = async (of: KeyedClient): Promise<number> => {
  const { pk } = await of.readyToSign(corpus('libreoffice.pdf'));
  return (await of.post(`/sign/${pk}`, CODE)).http;
};

it('a document that fills the memory is refused by name, and one that loops keeps no other client waiting', async () => {
  const [greedy, other] = clients();
  // More than are worked on at a time; each costs its whole bound of time.
  const endless = Array.from({ length: isLongForm ? 8 : 4 }, async () => {
    const pk = await newRequest(greedy);
    return greedy.upload(`/document/${pk}`, { file: documentThat('loop-for-ever') });
  });
  let isAnswered = false;
  const first = Promise.race(endless).then(
    () => {
      isAnswered = true;
    },
    () => undefined,
  );
  expect(await signs(other)).toBe(200);
  expect(isAnswered).toBe(false);
  const pk = await newRequest(other);
  const refused = await other.upload(`/document/${pk}`, { file: documentThat('fill-memory') });
  expect(refused.http).toBe(422);
  expect(JSON.stringify(refused.body)).toContain('memory');
  for (const { http } of await Promise.all(endless)) expect(http).toBe(422);
  await first;
}, 240_000);

it('bodies made to be costly are refused, and others are answered meanwhile', async () => {
  const [greedy, other] = clients();
  const pk = await newRequest(greedy);
  const send = (body: string): Promise<Response> =>
    greedy.call('POST', `/sign/${pk}`, { headers: { 'content-type': 'application/json' }, body });
  const megabytes = 9 * 2 ** 20;
  const costly = ['['.repeat(megabytes), `{"options":{${'"a":1,'.repeat(megabytes / 6)}"b":1}}`].map(send);
  expect(await signs(other)).toBe(200);
  for (const { http } of await Promise.all(costly)) expect(http).toBe(400);
  expect((await send(`"${'a'.repeat(17 * 2 ** 20)}"`)).http).toBe(413);
}, 60_000);
