/** Evidence records are what RFC 4998 says: Bouncy Castle finds in them what they prove, renewed in either way. */
import { appendFile, copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DSS_CLASS_PATH } from '../../scripts/prerequisites.mjs';
import { proveFiles, sourcesFor } from '../../src/optimizer/index.ts';
import { certificatesFromPem, type StampDigest } from '../../src/pki/index.ts';
import { startSandbox } from '../integration/sandbox.ts';
import { freePort } from '../support/local-server.ts';
import { describeWithJudge } from './judges/at-hand.ts';
import { runJudge } from './judges/judged-file.ts';

const CORPUS = join(import.meta.dirname, '../corpus');
const JUDGE = join(import.meta.dirname, 'judges/dss/src/EvidenceJudge.java');
const FILES = ['libreoffice.pdf', 'pdftex.pdf', 'reportlab.pdf', 'chromium.pdf', 'q-objstm.pdf'];
const YEAR = 365.25 * 24 * 60 * 60 * 1000;
const DAY = YEAR / 365.25;
const JUDGING = 120_000;

describeWithJudge('DSS', 'Bouncy Castle, of the libraries of DSS', () => {
  let base: string;
  let folder: string;
  let publicPort: number;
  beforeAll(async () => {
    base = await mkdtemp(join(tmpdir(), 'evidence-records-'));
    folder = join(base, 'archive');
    await mkdir(folder);
    await mkdir(join(base, 'service'));
    publicPort = await freePort();
    for (const name of FILES) await copyFile(join(CORPUS, name), join(folder, name));
  });
  afterAll(() => rm(base, { recursive: true }));

  /** The authority's certificate lasts ten years. */
  async function prove(years: number, timestampDigest: StampDigest) {
    const now = () => new Date(Date.now() + years * YEAR);
    const sandbox = await startSandbox({ directory: join(base, 'service'), publicPort, clock: now });
    const anchors = certificatesFromPem(sandbox.anchor);
    const timestampUrls = [`${sandbox.publicUrl}/tsa`];
    const sources = sourcesFor(anchors, timestampUrls);
    try {
      return await proveFiles(folder, {
        ...{ anchors, timestampUrls, sources, timestampDigest, margin: 90 * DAY, now },
        onTrouble: (path, error) => expect.fail(`${path}: ${error.message}`),
      });
    } finally {
      await sources.close();
      await sandbox.close();
    }
  }

  async function judged(): Promise<string[]> {
    const paths = FILES.map((name) => join(folder, name));
    const { code, output } = await runJudge('java', ['-cp', DSS_CLASS_PATH, JUDGE, ...paths]);
    expect(code, output).toBe(0);
    return output.trim().split('\n');
  }

  it(
    'one time stamp over five files, renewed by another one, renewed with another hash; no file but its own',
    async () => {
      expect(await prove(-19.8, 'sha256')).toMatchObject({ proven: FILES.length, timestamps: 1 });
      expect(await judged()).toEqual(FILES.map(() => 'good'));
      // RFC 4998 §5.2: time-stamp renewal, then hash-tree renewal.
      expect(await prove(-9.9, 'sha256')).toMatchObject({ renewed: FILES.length, timestamps: 1 });
      expect(await judged()).toEqual(FILES.map(() => 'good'));
      expect(await prove(0, 'sha512')).toMatchObject({ renewed: FILES.length, timestamps: 1 });
      expect(await judged()).toEqual(FILES.map(() => 'good'));
      await appendFile(join(folder, FILES[1] ?? ''), '\n');
      const after = await judged();
      expect(after.filter((verdict) => verdict === 'good')).toHaveLength(FILES.length - 1);
      expect(after[1]).toContain('object hash not found');
    },
    JUDGING,
  );
});
