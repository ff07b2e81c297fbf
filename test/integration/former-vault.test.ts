import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Optimizer, openSigningService } from '../../src/optimizer/index.ts';

/**
 * A vault as an earlier version left it when it was killed between the response of the service and the envelope:
 * `answer.json` is the body of the HTTP response. Its certificate was good for minutes, so the clock stands there.
 */
const FORMER = join(import.meta.dirname, 'former-vault');
const ID = 'tx_8cb63bdabe556964a837c624';
const THEN = new Date('2026-11-30T14:26:30Z');

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'former-vault-'));
  await cp(FORMER, join(directory, 'station', 'transactions', ID), { recursive: true });
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

describe('a vault that an earlier version wrote', () => {
  it('is resumed without the service: the stored response is verified, embedded and delivered', async () => {
    const nowhere = openSigningService({ kind: 'oneshot', baseUrl: 'http://127.0.0.1:9' });
    const optimizer = await Optimizer.open({
      dataDirectory: join(directory, 'station'),
      service: nowhere,
      anchors: await readFile(join(FORMER, 'anchor.pem'), 'utf8'),
      signatureFontPath: join(import.meta.dirname, '../../resources/fonts/NotoSans-Regular.ttf'),
      now: () => THEN,
    });
    try {
      const [resumed] = await optimizer.resume({ deliverTo: directory });
      expect(resumed).toMatchObject({ id: ID, state: 'delivered' });
      const report = await optimizer.verify(resumed?.delivered?.[0] ?? '');
      expect(report.verdict).toBe('valid');
    } finally {
      await optimizer.close();
      await nowhere.close();
    }
  });
});
