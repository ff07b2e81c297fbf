import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SignatureLevel } from '../../src/contract/model/signature-level.ts';
import { type Sandbox, startSandbox } from '../integration/sandbox.ts';
import { Station } from '../integration/station.ts';

const DOCUMENT = { path: join(import.meta.dirname, '../corpus/pdftex.pdf') };
const HOUR = 3600_000;

const MOMENTS = [
  'before the code is sent',
  'before it is used',
  'while the answer to it is on its way',
  'before the delivery',
] as const;

let sandbox: Sandbox;
let directory: string;
let station: Station;
/** Milliseconds by which the clock of the station is wrong. */
let wrong: number;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'station-clock-'));
  wrong = 0;
  station = await open();
});
afterEach(async () => {
  await station.close();
  await rm(directory, { recursive: true });
});

const open = (): Promise<Station> =>
  Station.open({
    serviceUrl: sandbox.url,
    anchor: sandbox.anchor,
    directory,
    now: () => new Date(Date.now() + wrong),
  });

describe.each([-25, -1, 1, 25])('a station whose clock is %i hours off', (hours) => {
  it.each(['B-B', 'B-LT'] as const)('all the time: signs at level %s with the first code', async (level) => {
    wrong = hours * HOUR;
    const [report] = await station.signAll([DOCUMENT], level);
    expect(report?.verdict).toBe('valid');
  });

  it.each(['B-T', 'B-LT'].flatMap((level) => MOMENTS.map((when) => [when, level] as const)))(
    'since a moment %s: spends no code in vain at level %s',
    async (when, level) => {
      const transaction = await station.review([DOCUMENT], level as SignatureLevel);
      if (when === 'before the code is sent') wrong = hours * HOUR;
      const code = await station.receiveCode(transaction);
      if (when === 'before it is used') wrong = hours * HOUR;
      const { sign } = station.service;
      station.service.sign = async (...call) => {
        const response = await sign.apply(station.service, call);
        if (when === 'while the answer to it is on its way') wrong = hours * HOUR;
        return response;
      };
      await station.optimizer.sign(transaction.id, { type: 'otp', code });
      if (when === 'before the delivery') wrong = hours * HOUR;
      await station.optimizer.deliver(transaction.id);
      expect(await station.delivered()).toEqual(['pdftex-signed.pdf']);
    },
  );

  it('and that is killed after the signature: goes on by itself', async () => {
    wrong = hours * HOUR;
    const transaction = await station.review([DOCUMENT]);
    const code = await station.receiveCode(transaction);
    await station.optimizer.sign(transaction.id, { type: 'otp', code });
    await station.close();
    station = await open();
    expect(await station.optimizer.resume()).toMatchObject([{ state: 'delivered' }]);
  });
});

it.each([-25, -1])(
  '%i hours behind, and nobody knows better: says that a clock is wrong, and delivers once it is right',
  async (hours) => {
    const transaction = await station.review([DOCUMENT], 'B-LT');
    const code = await station.receiveCode(transaction);
    await station.optimizer.sign(transaction.id, { type: 'otp', code });
    const { service } = station;
    const { describe: described } = service;
    service.describe = async () => ({
      ...(await described.call(service)),
      time: new Date(Date.now() + wrong).toISOString(),
    });
    wrong = hours * HOUR;
    await expect(station.optimizer.deliver(transaction.id)).rejects.toMatchObject({
      code: 'OSS_CLOCK_WRONG',
      retryable: true,
    });
    expect(await station.delivered()).toEqual([]);
    wrong = 0;
    await station.optimizer.deliver(transaction.id);
    expect(await station.delivered()).toEqual(['pdftex-signed.pdf']);
  },
);
