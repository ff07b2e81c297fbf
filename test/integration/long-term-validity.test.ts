import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LongTermLevel, SignatureLevel } from '../../src/contract/model/transaction.ts';
import type { VerificationReport } from '../../src/contract/model/verification.ts';
import { augmentDocument, sourcesFor, verifyFile } from '../../src/optimizer/index.ts';
import { certificatesFromPem } from '../../src/pki/index.ts';
import { freePort } from '../support/local-server.ts';
import { startSandbox } from './sandbox.ts';
import { Station } from './station.ts';

const DOCUMENT = join(import.meta.dirname, '../corpus/libreoffice.pdf');
const DAY = 24 * 60 * 60 * 1000;
const YEAR = 365.25 * DAY;
const LEVELS: readonly SignatureLevel[] = ['B-B', 'B-T', 'B-LT', 'B-LTA'];

/** A sandbox whose clock is `ahead` milliseconds ahead, at the address that its certificates name. */
const clockAhead = (ahead: number) => () => new Date(Date.now() + ahead);

let directory: string;
let publicPort: number;
let anchor: string;
const signed = new Map<SignatureLevel, string>();

const sandboxAt = (ahead: number) =>
  startSandbox({ directory: join(directory, 'service'), publicPort, clock: clockAhead(ahead) });

/** Raises or renews a file while the authorities live in another year. */
async function augment(path: string, level: LongTermLevel, ahead: number): Promise<VerificationReport> {
  const sandbox = await sandboxAt(ahead);
  const anchors = certificatesFromPem(anchor);
  const sources = sourcesFor(anchors, []);
  try {
    return await augmentDocument(path, {
      level,
      anchors,
      sources,
      deliverTo: join(directory, `augmented-${ahead}`),
      timestampUrls: [`${sandbox.publicUrl}/tsa`],
      now: clockAhead(ahead),
    });
  } finally {
    await sources.close();
    await sandbox.close();
  }
}

const verified = (path: string, ahead: number): Promise<VerificationReport> =>
  verifyFile(path, { anchors: certificatesFromPem(anchor), at: clockAhead(ahead)() });

/** What a stranger finds in the file alone, at another time. */
async function found(path: string, ahead: number) {
  const { signatures } = await verified(path, ahead);
  return signatures.map(({ verdict, level }) => `${verdict} ${level}`);
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'long-term-'));
  await mkdir(join(directory, 'service'));
  publicPort = await freePort();
  const sandbox = await sandboxAt(0);
  anchor = sandbox.anchor;
  for (const level of LEVELS) {
    const station = await Station.open({
      serviceUrl: sandbox.url,
      anchor,
      directory: join(directory, level),
    });
    const [report] = await station.signAll([{ path: DOCUMENT }], level);
    signed.set(level, report?.file ?? '');
    await station.close();
  }
  await sandbox.close();
});
afterAll(() => rm(directory, { recursive: true }));

const fileOf = (level: SignatureLevel): string => signed.get(level) ?? '';

describe('a signature in later years, judged from the file alone (LT-05)', () => {
  it('without time stamp it proves nothing once its certificate has expired', async () => {
    expect(await found(fileOf('B-B'), 0)).toEqual(['valid B-B']);
    expect(await found(fileOf('B-B'), DAY)).toEqual(['undecided B-B']);
  });

  it.each([
    ['B-T', ['valid B-T']],
    ['B-LT', ['valid B-LT']],
    ['B-LTA', ['valid B-LTA']],
  ] as const)('%s holds the next day, when the certificate has long expired', async (level, expected) => {
    expect(await found(fileOf(level), DAY)).toEqual(expected);
  });

  it.each(['B-B', 'B-T', 'B-LT'] as const)(
    '%s is said to be not valid yet, rather than expired, where the clock is before its certificates',
    async (level) => {
      const { signatures } = await verified(fileOf(level), -2 * YEAR);
      const sentences = signatures.flatMap(({ checks }) => checks.map(({ sentence }) => sentence));
      expect(sentences.filter((sentence) => sentence.includes('not valid yet'))).not.toEqual([]);
      expect(sentences.filter((sentence) => sentence.includes('expired'))).toEqual([]);
    },
  );

  it('B-LTA holds after two years, when the OCSP responders have expired too', async () => {
    expect(await found(fileOf('B-LTA'), 2 * YEAR)).toEqual(['valid B-LTA']);
  });

  it('B-LTA ends with the certificate of its time-stamp authority, unless it was renewed before', async () => {
    expect(await found(fileOf('B-LTA'), 11 * YEAR)).toEqual(['undecided B-T']);
    const renewed = await augment(fileOf('B-LTA'), 'B-LTA', 9.95 * YEAR);
    expect(renewed.documentTimestamps).toHaveLength(2);
    expect(await found(renewed.file, 11 * YEAR)).toEqual(['valid B-LTA']);
    const before = await readFile(fileOf('B-LTA'));
    expect((await readFile(renewed.file)).subarray(0, before.length).equals(before)).toBe(true);
  });
});
