import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/contract/model/language.ts';
import type { LogEntries } from '../../src/contract/service-api/log-entries.ts';
import { exportEvidence, type SigningService } from '../../src/optimizer/index.ts';
import { reportTexts } from '../../src/texts/report.ts';
import { oneshot } from './command-line.ts';
import { startTestService, type TestService } from './service-client.ts';
import { Station } from './station.ts';

const FONTS = join(import.meta.dirname, '../../resources/fonts');
const DOCUMENT = join(import.meta.dirname, '../corpus/libreoffice.pdf');

type Asked = NonNullable<SigningService['logEntries']>;

let directory: string;
let running: TestService;
const opened: Station[] = [];
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'log-evidence-'));
  running = await startTestService();
});
afterAll(async () => {
  for (const station of opened) await station.close();
  await running.close();
  await rm(directory, { recursive: true });
});

/** A station of its own whose service answers for its log in another way. */
async function stationWith(answer?: (asked: Asked) => Asked): Promise<{ station: Station; folder: string }> {
  const folder = await mkdtemp(join(directory, 'station-'));
  const { apiUrl, sandbox } = running.service.ready;
  const station = await Station.open({
    ...{ serviceUrl: apiUrl, anchor: sandbox?.anchorPem ?? '', directory: folder },
    inPlaceOf(service) {
      const asked = service.logEntries?.bind(service);
      if (asked === undefined || answer === undefined) return service;
      return Object.assign(service, { logEntries: answer(asked) });
    },
  });
  opened.push(station);
  return { station, folder };
}

async function signed(station: Station): Promise<string> {
  const transaction = await station.review([{ path: DOCUMENT }]);
  const code = await station.receiveCode(transaction);
  await station.optimizer.sign(transaction.id, { type: 'otp', code });
  await station.optimizer.deliver(transaction.id);
  return transaction.id;
}

async function printed(station: Station, id: string, language: (typeof LANGUAGES)[number] = 'en') {
  const folder = await mkdtemp(join(directory, 'report-'));
  const [pdf = '', json = ''] = await exportEvidence(
    await station.optimizer.evidence(id),
    folder,
    language,
    FONTS,
  );
  const text = execFileSync('pdftotext', [pdf, '-'], { encoding: 'utf8' }).replace(/\s+/g, ' ');
  return { text, json };
}

const contentsOf = async (station: Station, id: string) =>
  (await station.optimizer.evidence(id)).map(({ record }) => record.content);
const check = (folder: string, ...more: string[]) =>
  oneshot(['evidence', 'check', '--data', join(folder, 'station'), ...more]);

describe('the transparency log in the evidence of a station', () => {
  it('is proven for the certificate and the response, in the record, on paper, and to who has the key', async () => {
    const { station, folder } = await stationWith();
    const id = await signed(station);
    const [content] = await contentsOf(station, id);
    if (content?.kind !== 'transaction') throw new Error('no evidence');
    const { key } = (await running.client.get(`/v1/requests/${content.requestId}/log`)).body as LogEntries;
    expect(content.log).toMatchObject({
      key,
      acts: [
        { act: 'issuance', state: 'proven', proof: expect.stringContaining('tlog-proof') },
        { act: 'signature', state: 'proven', proof: expect.stringContaining('tlog-proof') },
      ],
    });
    for (const language of LANGUAGES) {
      const { text } = await printed(station, id, language);
      expect(text).toContain(reportTexts[language].evidence.log);
      expect(text).toContain(reportTexts[language].evidence.logState.proven.split('{{')[0]);
      expect(text).not.toContain(reportTexts[language].evidence.logState.awaited);
    }
    const { json } = await printed(station, id);
    const holds = await oneshot(['log', 'verify', json, '--key', key]);
    expect([holds.code, holds.stderr]).toEqual([0, '']);
    expect(holds.stdout).toMatch(/issuance: entry \d+ of \d+, issuance\n.*signature: entry \d+ of \d+/);
    const checked = await check(folder, '--log-key', key);
    expect([checked.code, checked.stderr]).toEqual([0, '']);
    // Another log of the same name.
    const other = key.replace(/.{6}$/, (end) =>
      createHash('sha256').update(end).digest('base64').slice(0, 6),
    );
    expect((await check(folder, '--log-key', other)).code).toBe(1);
    expect((await check(folder, '--log-key', other)).stdout).toContain('Record 1: the transparency log');
  });

  it('is said to be awaited where it has no place yet, and added later', async () => {
    let isPublished = false;
    const { station, folder } = await stationWith((asked) => async (request) => {
      const { key, entries } = await asked(request);
      return { key, entries: isPublished ? entries : entries.map(({ proof: _, ...entry }) => entry) };
    });
    const id = await signed(station);
    const awaited = await contentsOf(station, id);
    expect(awaited).toMatchObject([{ log: { acts: [{ state: 'awaited' }, { state: 'awaited' }] } }]);
    expect((await printed(station, id)).text).toContain(reportTexts.en.evidence.logState.awaited);
    expect((await check(folder)).code).toBe(0);

    isPublished = true;
    const [first, added] = await contentsOf(station, id);
    expect(first).toEqual(awaited[0]);
    expect(added).toMatchObject({
      kind: 'addendum',
      log: { acts: [{ state: 'proven' }, { state: 'proven' }] },
    });
    expect(await contentsOf(station, id)).toHaveLength(2);
    const { text, json } = await printed(station, id);
    expect(text).toContain('proven');
    expect(text).not.toContain(reportTexts.en.evidence.logState.awaited);
    expect((await check(folder)).code).toBe(0);
    const key = added?.kind === 'addendum' ? (added.log?.key ?? '') : '';
    expect((await oneshot(['log', 'verify', json, '--key', key])).code).toBe(0);
  });

  it('that proves something else keeps nobody from their document, and is named everywhere', async () => {
    const { client } = running;
    const other = await stationWith();
    const [content] = await contentsOf(other.station, await signed(other.station));
    const foreign = content?.kind === 'transaction' ? (content.requestId ?? '') : '';
    expect(foreign).not.toBe('');
    const { station, folder } = await stationWith(
      () => async () => (await client.get(`/v1/requests/${foreign}/log`)).body,
    );
    const id = await signed(station);
    expect(await contentsOf(station, id)).toMatchObject([
      { outcome: 'signed', log: { acts: [{ state: 'wrong' }, { state: 'wrong' }] } },
    ]);
    const { text, json } = await printed(station, id);
    expect(text).toContain(reportTexts.en.evidence.logState.wrong);
    const checked = await check(folder);
    expect([checked.code, checked.stdout]).toEqual([1, expect.stringContaining('Record 1')]);
    const { key } = (await client.get(`/v1/requests/${foreign}/log`)).body;
    const verified = await oneshot(['log', 'verify', json, '--key', key]);
    expect([verified.code, verified.stdout]).toEqual([1, expect.stringContaining('about something else')]);
  });

  it.each<[string, (asked: Asked) => Asked]>([
    ['fails', () => () => Promise.reject(new Error('away'))],
    ['does not answer', () => () => new Promise(() => undefined)],
  ])('that %s keeps nobody from their document', async (_name, answer) => {
    const { station } = await stationWith(answer);
    const [content] = await contentsOf(station, await signed(station));
    expect(content).toMatchObject({ outcome: 'signed' });
    expect(content).not.toHaveProperty('log');
    expect(await readFile(join(station.output, 'libreoffice-signed.pdf'))).not.toHaveLength(0);
  });
});
