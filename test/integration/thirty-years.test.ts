import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { augmentDocument, sourcesFor, verifyFile } from '../../src/optimizer/index.ts';
import { certificatesFromPem } from '../../src/pki/index.ts';
import { freePort } from '../support/local-server.ts';
import { startSandbox } from './sandbox.ts';
import { Station } from './station.ts';

const DOCUMENT = join(import.meta.dirname, '../corpus/libreoffice.pdf');
const YEAR = 365.25 * 24 * 60 * 60 * 1000;
const RENEWALS = 8;
const INTERVAL = 30 / RENEWALS;
const STAMP_DIGESTS = ['sha256', 'sha384', 'sha512'] as const;

/** A clock that is `years` years ahead. */
const inYears = (years: number) => () => new Date(Date.now() + years * YEAR);

let directory: string;
let publicPort: number;
let anchor: string;
let path: string;

const sandboxIn = (years: number) =>
  startSandbox({ directory: join(directory, 'service'), publicPort, clock: inYears(years) });

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'thirty-years-'));
  await mkdir(join(directory, 'service'));
  publicPort = await freePort();
  const sandbox = await sandboxIn(0);
  anchor = sandbox.anchor;
  const station = await Station.open({
    serviceUrl: sandbox.url,
    anchor,
    directory: join(directory, 'station'),
  });
  const [report] = await station.signAll([{ path: DOCUMENT }], 'B-LTA');
  path = report?.file ?? '';
  await station.close();
  await sandbox.close();
});
afterAll(() => rm(directory, { recursive: true }));

it('a B-LTA file is renewed eight times in thirty years, and holds in between', async () => {
  const anchors = certificatesFromPem(anchor);
  for (let renewal = 1; renewal <= RENEWALS; renewal += 1) {
    const years = renewal * INTERVAL;
    const sandbox = await sandboxIn(years);
    const sources = sourcesFor(anchors, []);
    try {
      const report = await augmentDocument(path, {
        level: 'B-LTA',
        anchors,
        sources,
        deliverTo: join(directory, `renewed-${renewal}`),
        timestampUrls: [`${sandbox.publicUrl}/tsa`],
        timestampDigest: STAMP_DIGESTS[renewal % STAMP_DIGESTS.length] ?? 'sha256',
        now: inYears(years),
      });
      path = report.file;
      expect(report.documentTimestamps).toHaveLength(renewal + 1);
    } finally {
      await sources.close();
      await sandbox.close();
    }
    const at = inYears(years + INTERVAL)();
    const later = await verifyFile(path, { anchors, at });
    expect(later).toMatchObject({
      verdict: 'valid',
      signatures: [{ verdict: 'valid', level: 'B-LTA' }],
      protection: { by: 'timestamp' },
    });
    const until = new Date(later.protection?.until ?? 0);
    expect(until > at).toBe(true);
    const afterwards = await verifyFile(path, { anchors, at: new Date(until.getTime() + 1000) });
    expect(afterwards).toMatchObject({ verdict: 'undecided' });
    expect(afterwards.protection).toBeUndefined();
  }
});
