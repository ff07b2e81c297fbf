import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OssError } from '../../src/contract/errors.ts';
import type { SignatureLevel } from '../../src/contract/model/transaction.ts';
import { inShort } from '../support/long-form.ts';
import { startSandbox } from './sandbox.ts';
import { Station } from './station.ts';

const DOCUMENT = join(import.meta.dirname, '../corpus/libreoffice.pdf');
const LEVELS: readonly SignatureLevel[] = ['B-T', 'B-LT', 'B-LTA'];

/** The bounds to the second are kept in src/optimizer/pades/augment.test.ts: here a busy machine takes some of them. */
const SIGNING = 180_000;

let base: string;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'clocks-apart-'));
});
afterAll(() => rm(base, { recursive: true }));

interface Ahead {
  /** Seconds before the clock of the desk. */
  readonly service: number;
  readonly authority: number;
}

const inSeconds = (ahead: number) => () => new Date(Date.now() + ahead * 1000);

/** A desk, a service and another time-stamp authority, each with a clock of its own: what comes of each level. */
async function outcomes(ahead: Ahead): Promise<Record<string, string>> {
  const sandbox = await startSandbox({ clock: inSeconds(ahead.service) });
  const authority = await startSandbox({ clock: inSeconds(ahead.authority) });
  const station = await Station.open({
    serviceUrl: sandbox.url,
    anchor: sandbox.anchor + authority.anchor,
    directory: await mkdtemp(join(base, 'station-')),
    timestampUrls: [`${authority.publicUrl}/tsa`],
  });
  try {
    const found: Record<string, string> = {};
    for (const level of LEVELS) found[level] = await outcome(station, level);
    return found;
  } finally {
    await station.close();
    await authority.close();
    await sandbox.close();
  }
}

/** `reached`, or where it ended and why. */
async function outcome(station: Station, level: SignatureLevel): Promise<string> {
  let step = 'before the code';
  try {
    const transaction = await station.review([{ path: DOCUMENT }], level);
    const code = await station.receiveCode(transaction);
    step = 'after the code';
    await station.optimizer.sign(transaction.id, { type: 'otp', code });
    const [report] = await station.optimizer.deliver(transaction.id);
    return report?.verdict === 'valid' && report.signatures[0]?.level === level ? 'reached' : 'less';
  } catch (error) {
    if (!(error instanceof OssError)) throw error;
    return `${error.code} ${step}: ${JSON.stringify(error.details)}`;
  }
}

const REACHED = { 'B-T': 'reached', 'B-LT': 'reached', 'B-LTA': 'reached' };
const name = ({ service, authority }: Ahead): string => `service ${service} s, authority ${authority} s`;

describe('clocks up to five minutes apart: every level is reached', () => {
  const offsets: readonly Ahead[] = [
    ...[-240, -60, -0.3, 0.3, 60, 240].map((authority) => ({ service: 0, authority })),
    ...[-240, -0.3, 0.3, 240].map((both) => ({ service: both, authority: both })),
    // The desk goes by the clock of the service: it is the two others that have to be near.
    ...[-3600, 3600].map((both) => ({ service: both, authority: both })),
    { service: 120, authority: -120 },
    { service: -240, authority: 0 },
  ];
  it.each(inShort(offsets, 3).map((ahead) => [name(ahead), ahead] as const))(
    '%s',
    async (_, ahead) => {
      expect(await outcomes(ahead)).toEqual(REACHED);
    },
    SIGNING,
  );
});

describe('further apart: refused before the code is sent, and the reason names the authority and its time', () => {
  const offsets: readonly Ahead[] = [
    ...[-3600, -360, 360, 3600].map((authority) => ({ service: 0, authority })),
    { service: 290, authority: -290 },
    { service: -290, authority: 290 },
  ];
  it.each(inShort(offsets, 3).map((ahead) => [name(ahead), ahead] as const))(
    '%s',
    async (_, ahead) => {
      expect(await outcomes(ahead)).toEqual({
        ...REACHED,
        'B-LTA': expect.stringMatching(
          /^OSS_CLOCK_WRONG before the code: .*http:.*\/tsa: its time 20\d\d-.* is not that of this machine/,
        ),
      });
    },
    SIGNING,
  );
});
