import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { subjectOf, type TransactionEvidence } from '../../src/contract/model/evidence.ts';
import { LANGUAGES } from '../../src/contract/model/language.ts';
import { EvidenceArchive, exportEvidence, parseExport } from '../../src/optimizer/index.ts';
import { reportTexts } from '../../src/texts/report.ts';
import { oneshot } from './command-line.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';
import { Station } from './station.ts';

const corpus = (name: string): string => join(import.meta.dirname, '../corpus', name);
const FONTS = join(import.meta.dirname, '../../resources/fonts');
const sha256 = async (path: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
const run = (program: string, ...args: string[]): string => execFileSync(program, args, { encoding: 'utf8' });

let sandbox: Sandbox;
let directory: string;
let station: Station;
const open = () => Station.open({ serviceUrl: sandbox.url, anchor: sandbox.anchor, directory });

/** The evidence of a transaction that has ended, and its addenda. */
async function evidenceOf(id: string): Promise<{ evidence: TransactionEvidence; later: string[] }> {
  const [first, ...rest] = await station.optimizer.evidence(id);
  const content = first?.record.content;
  if (content?.kind !== 'transaction') throw new Error('no evidence');
  return {
    evidence: content,
    later: rest.flatMap(({ record }) => record.content.events.map(({ type }) => type)),
  };
}

beforeAll(async () => {
  sandbox = await startSandbox();
  directory = await mkdtemp(join(tmpdir(), 'evidence-'));
  station = await open();
});
afterAll(async () => {
  await station.close();
  await sandbox.close();
  await rm(directory, { recursive: true });
});

/** Two documents, read, agreed to, one wrong code. */
async function signTwo(): Promise<string> {
  const transaction = await station.review([
    { path: corpus('libreoffice.pdf') },
    { path: corpus('pdftex.pdf') },
  ]);
  const { id } = transaction;
  const { optimizer } = station;
  await optimizer.recordAct(id, { type: 'handedOver', turnedScreen: true });
  await optimizer.recordAct(id, { type: 'pagesShown', document: 1, shown: [[1, 2]], pages: 2 });
  const code = await station.receiveCode(transaction);
  const wrong = code === '000000' ? '000001' : '000000';
  await optimizer.sign(id, { type: 'otp', code: wrong }).catch(() => undefined);
  await optimizer.sign(id, { type: 'otp', code });
  await optimizer.deliver(id);
  await optimizer.recordAct(id, { type: 'takenBack' });
  return id;
}

describe('the evidence of a signature', () => {
  let id: string;
  beforeAll(async () => {
    id = await signTwo();
  });

  it('tells of documents, code, certificate and time stamps, as others find them in the signed file', async () => {
    const { evidence, later } = await evidenceOf(id);
    expect(evidence).toMatchObject({
      outcome: 'signed',
      service: { mode: 'sandbox' },
      levelAsked: 'B-T',
      codes: [{ channel: 'sms', maskedPhone: expect.stringContaining('•') }],
      attempts: [{ outcome: 'refused', code: 'OSS_OTP_REFUSED' }, { outcome: 'accepted' }],
    });
    expect(later).toEqual(['takenBack']);
    const [first, second] = evidence.documents;
    expect(second?.pagesShown).toEqual([[1, 2]]);
    const file = join(station.output, 'libreoffice-signed.pdf');
    expect(first).toMatchObject({
      shownSha256: await sha256(corpus('libreoffice.pdf')),
      deliveredAs: 'libreoffice-signed.pdf',
      result: { sha256: await sha256(file), verdict: 'valid', level: 'B-T' },
    });
    const dump = await mkdtemp(join(directory, 'dump-'));
    execFileSync('pdfsig', ['-dump', file], { cwd: dump });
    const [cms = ''] = await readdir(dump);
    const chain = run('openssl', 'pkcs7', '-in', join(dump, cms), '-inform', 'DER', '-print_certs');
    await writeFile(join(dump, 'chain.pem'), chain);
    const facts = run(
      'openssl',
      'x509',
      '-in',
      join(dump, 'chain.pem'),
      '-noout',
      '-serial',
      '-fingerprint',
      '-sha256',
    );
    const { serialNumber = '', sha256: fingerprint = '', subject } = evidence.certificate ?? {};
    expect(facts).toMatch(new RegExp(`serial=${serialNumber}\n`, 'i'));
    expect(facts.replaceAll(':', '').toLowerCase()).toContain(fingerprint);
    expect(subject).toContain('Ada Lovelace Byron');
    expect(first?.timestamp?.sha256).not.toBe(second?.timestamp?.sha256);
  });

  it('holds no code, no full phone number, no address and no content', async () => {
    const { id: other } = await station.optimizer.get(id);
    const { identity } = await station.optimizer.get(other);
    const text = JSON.stringify(await station.optimizer.evidence(id));
    for (const secret of [identity.mobilePhone, identity.email, directory])
      expect(text).not.toContain(secret);
  });

  it('is told step by step in the order in which it happened', async () => {
    const { evidence } = await evidenceOf(id);
    const times = evidence.events.map(({ at }) => at);
    expect(times).toEqual(times.toSorted());
    expect(evidence.events.map(({ type }) => type)).toEqual([
      'created',
      'registering',
      'registered',
      'prepared',
      'reviewed',
      'handedOver',
      'pagesShown',
      'codeRequesting',
      'codeSent',
      'signing',
      'refused',
      'signing',
      'issued',
      'signed',
      'verified',
      'logged',
      'delivered',
    ]);
  });

  it.each(LANGUAGES)('is printed in %s as a sound, tagged PDF of two or three pages', async (language) => {
    const folder = await mkdtemp(join(directory, `report-${language}-`));
    const records = await station.optimizer.evidence(id);
    const [pdf = '', json = ''] = await exportEvidence(records, folder, language, FONTS);
    expect(run('qpdf', '--check', pdf)).toContain('No syntax or stream encoding errors');
    const info = run('pdfinfo', pdf);
    expect(info).toMatch(/Tagged:\s+yes/);
    expect(Number(/Pages:\s+(\d+)/.exec(info)?.[1])).toBeLessThanOrEqual(3);
    const structure = run('pdfinfo', '-struct-text', pdf);
    const { title, note } = reportTexts[language].evidence;
    expect(structure).toContain(title);
    const text = run('pdftotext', '-layout', pdf, '-').replace(/\s+/g, ' ');
    for (const part of [reportTexts[language].sandbox, note, 'libreoffice-signed.pdf', id]) {
      expect(text).toContain(part);
    }
    const { hash } = records[0] ?? {};
    expect(text).toContain(hash);
    expect(parseExport(await readFile(json, 'utf8'))).toEqual(records);
  });
});

describe('the evidence of what was not signed', () => {
  it('says that the signer declined', async () => {
    const { id } = await station.review([{ path: corpus('chromium.pdf') }]);
    await station.optimizer.recordAct(id, { type: 'declined' });
    await station.optimizer.cancel(id);
    const { evidence } = await evidenceOf(id);
    expect(evidence.outcome).toBe('declined');
    expect(evidence.documents[0]).not.toHaveProperty('result');
  });

  it('says that the office cancelled', async () => {
    const { id } = await station.review([{ path: corpus('chromium.pdf') }]);
    await station.optimizer.cancel(id);
    expect((await evidenceOf(id)).evidence.outcome).toBe('cancelled');
  });

  it('does not exist before the transaction has ended', async () => {
    const { id } = await station.review([{ path: corpus('chromium.pdf') }]);
    await expect(station.optimizer.evidence(id)).rejects.toMatchObject({ code: 'OSS_EVIDENCE_NOT_FOUND' });
  });
});

it('is written when the station starts again, where it could not be written before', async () => {
  const { id } = await station.review([{ path: corpus('reportlab.pdf') }]);
  const evidence = join(directory, 'station', 'evidence');
  await cp(evidence, `${evidence}-kept`, { recursive: true });
  await rm(evidence, { recursive: true });
  await writeFile(evidence, 'a file where the folder should be');
  await expect(station.optimizer.cancel(id)).rejects.toMatchObject({ code: 'OSS_EVIDENCE_NOT_WRITTEN' });
  expect((await station.optimizer.get(id)).state).toBe('cancelled');
  await station.close();
  await rm(evidence);
  await cp(`${evidence}-kept`, evidence, { recursive: true });

  station = await open();
  await station.optimizer.resume();
  await station.optimizer.resume();
  const archive = new EvidenceArchive(join(directory, 'station'));
  const about = (await archive.list()).filter(({ record }) => subjectOf(record.content) === id);
  expect(about).toHaveLength(1);
  expect((await archive.check()).faults).toEqual([]);
});

describe('oneshot evidence', () => {
  const where = () => ['--data', directory];

  it('lists, exports, and finds the signed files and the exported records to be what it tells of', async () => {
    const listed = await oneshot(['evidence', 'list', '--json', ...where()]);
    expect(listed.code, listed.stderr).toBe(0);
    const records = listed.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const signed = records.find(({ outcome }) => outcome === 'signed');
    const out = join(directory, 'exported');
    const exported = await oneshot(['evidence', 'export', signed.transaction, '--out', out, ...where()]);
    expect(exported.code, exported.stderr).toBe(0);
    const files = (await readdir(out))
      .filter((name) => name.endsWith('.json'))
      .map((name) => join(out, name));
    const documents = (await readdir(station.output)).map((name) => join(station.output, name));
    const checked = await oneshot(['evidence', 'check', ...files, ...documents, ...where()]);
    expect(checked.code, checked.stdout).toBe(0);
    expect(checked.stdout).toContain('each as it was sealed');
  });

  it('tells a file that was changed, one that grew, and one that nobody signed here', async () => {
    const file = join(station.output, 'libreoffice-signed.pdf');
    const bytes = await readFile(file);
    const changed = join(directory, 'changed.pdf');
    const longer = join(directory, 'longer.pdf');
    await writeFile(longer, Buffer.concat([bytes, Buffer.from('\n% more\n')]));
    bytes.writeUInt8(bytes.readUInt8(600) ^ 1, 600);
    await writeFile(changed, bytes);
    const files = [changed, longer, corpus('signed-once.pdf')];
    const checked = await oneshot(['evidence', 'check', ...files, '--json', ...where()]);
    expect(checked.code).toBe(1);
    const matches = checked.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).match);
    expect(matches).toEqual([undefined, 'unknown', 'extended', 'unknown']);
  });

  it('finds the record that somebody edited', async () => {
    const copy = await mkdtemp(join(directory, 'copy-'));
    await cp(join(directory, 'station'), join(copy, 'station'), { recursive: true });
    const record = join(copy, 'station', 'evidence', '0000000001.json');
    await writeFile(record, (await readFile(record, 'utf8')).replace('"signed"', '"cancelled"'));
    const checked = await oneshot(['evidence', 'check', '--data', copy]);
    expect(checked.code).toBe(1);
    expect(checked.stdout).toContain('Record 1: changed');
  });
});
