import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OssError } from '../../src/contract/errors.ts';
import { type DocumentWork, workInPlace } from '../../src/optimizer/index.ts';
import { type Sandbox, startSandbox } from '../integration/sandbox.ts';
import { Station } from '../integration/station.ts';

const [FATAL, ORDINARY] = ['libreoffice.pdf', 'chromium.pdf'].map((name) => ({
  path: join(import.meta.dirname, '../corpus', name),
})) as [{ path: string }, { path: string }];

let sandbox: Sandbox;
let directory: string;
beforeAll(async () => {
  sandbox = await startSandbox();
  directory = await mkdtemp(join(tmpdir(), 'set-aside-'));
});
afterAll(async () => {
  await sandbox.close();
  await rm(directory, { recursive: true });
});

/** Works as usual, but fails on the documents of one transaction. */
class FailingWork implements DocumentWork {
  verified = 0;
  readonly #id: string;
  readonly #failure: Error;

  constructor(id: string, failure: Error) {
    this.#id = id;
    this.#failure = failure;
  }

  run: DocumentWork['run'] = (name, input, options) => {
    if (name !== 'verify' || !('path' in input) || !input.path.includes(this.#id))
      return workInPlace.run(name, input, options);
    this.verified += 1;
    return Promise.reject(this.#failure);
  };

  close = async (): Promise<void> => undefined;
}

const open = (name: string, documentWork?: DocumentWork): Promise<Station> =>
  Station.open({
    serviceUrl: sandbox.url,
    anchor: sandbox.anchor,
    directory: join(directory, name),
    ...(documentWork && { documentWork }),
  });

async function signedOnly(station: Station, document: { path: string }): Promise<string> {
  const transaction = await station.review([document]);
  const code = await station.receiveCode(transaction);
  await station.optimizer.sign(transaction.id, { type: 'otp', code });
  return transaction.id;
}

it.each([
  ['goes beyond its bounds', new OssError('OSS_WORK_MEMORY_LIMIT')],
  ['fails as nobody expected', new Error('a fault in the program')],
])('an order that %s twice after a restart is set aside, and the others go on', async (name, failure) => {
  const first = await open(name);
  const fatal = await signedOnly(first, FATAL);
  const ordinary = await signedOnly(first, ORDINARY);
  await first.close();

  const work = new FailingWork(fatal, failure);
  const codes: string[] = [];
  const restart = async (again?: string) => {
    const station = await open(name, again === undefined ? work : undefined);
    const onStanding = (id: string, { code }: OssError) =>
      codes.push(`${id === fatal ? 'fatal' : id} ${code}`);
    const recovered = await station.optimizer.resume({ onStanding, ...(again !== undefined && { again }) });
    await station.close();
    return recovered;
  };

  expect(await restart()).toContainEqual(expect.objectContaining({ id: ordinary, state: 'delivered' }));
  expect(await restart()).toMatchObject([{ id: fatal, state: 'signed', recoveries: 2 }]);
  expect(work.verified).toBe(2);

  const failed = failure instanceof OssError ? failure.code : 'OSS_INTERNAL';
  expect(await restart()).toMatchObject([
    { id: fatal, state: 'signed', failure: { step: 'resume', code: 'OSS_SET_ASIDE' } },
  ]);
  expect(work.verified).toBe(2);
  expect(codes).toEqual([`fatal ${failed}`, `fatal ${failed}`, 'fatal OSS_SET_ASIDE']);

  expect(await restart(fatal)).toMatchObject([{ id: fatal, state: 'delivered' }]);
});

it('a service that is away is not counted: the order is tried as often as the station starts', async () => {
  const first = await open('away');
  const id = await signedOnly(first, ORDINARY);
  await first.close();
  for (let start = 0; start < 4; start += 1) {
    const station = await open('away', new FailingWork(id, new OssError('OSS_SERVICE_UNREACHABLE')));
    const [transaction] = await station.optimizer.resume();
    expect(transaction).toMatchObject({ id, state: 'signed' });
    expect(transaction?.failure).toBeUndefined();
    await station.close();
  }
});
