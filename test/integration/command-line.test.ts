import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listIfPresent } from '../../src/base/durable-file.ts';
import { type CommandResult, jsonLines, oneshot } from './command-line.ts';
import { newSigner } from './station.ts';

const corpus = (name: string): string => join(import.meta.dirname, '../corpus', name);

let directory: string;
const at = (name: string): string => join(directory, name);

/** Each time another signer: the service limits how many codes one person gets. */
async function sign(files: readonly string[], out: string, ...more: string[]): Promise<CommandResult> {
  await writeFile(at('identity.json'), JSON.stringify(newSigner()));
  const where = ['--data', at('data'), '--out', at(out)];
  return oneshot(['sign', ...files, '--identity', at('identity.json'), ...where, ...more]);
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'command-line-'));
});
afterAll(() => rm(directory, { recursive: true }));

describe('oneshot sign, with the embedded sandbox', () => {
  it('signs several documents; one JSON line each, anchor written; `verify` agrees with it', async () => {
    const files = [corpus('libreoffice.pdf'), corpus('pdftex.pdf')];
    const options = [
      '--otp',
      'sandbox',
      '--json',
      '--anchor-out',
      at('anchor.pem'),
      '--visible',
      '1:36,36,236,96',
    ];
    const signed = await sign(files, 'several', ...options);
    expect(signed.code, signed.stderr).toBe(0);
    const lines = jsonLines(signed);
    expect(lines).toMatchObject(
      files.map((file) => ({ file, verdict: 'valid', level: 'B-LT', signer: 'Ada Lovelace Byron' })),
    );

    const paths = lines.map((line) => String(line.signed));
    const verified = await oneshot(['verify', ...paths, '--anchor', at('anchor.pem'), '--json']);
    expect(verified.code, verified.stderr).toBe(0);
    expect(jsonLines(verified)).toMatchObject(paths.map((file) => ({ file, verdict: 'valid' })));
  });

  it('`verify` says in words what it found, and fails for a document changed afterwards', async () => {
    const { stdout } = await sign(
      [corpus('reportlab.pdf')],
      'changed',
      '--otp',
      'sandbox',
      '--json',
      '--anchor-out',
      at('anchor.pem'),
    );
    const path = String(jsonLines({ stdout })[0]?.signed);
    const words = await oneshot(['verify', path, '--anchor', at('anchor.pem')]);
    expect(words.code).toBe(0);
    expect(words.stdout).toContain('Ada Lovelace Byron');
    const etsi = await oneshot(['verify', path, '--anchor', at('anchor.pem'), '--report', 'etsi']);
    expect(etsi.code).toBe(0);
    expect(etsi.stdout).toContain('urn:etsi:019102:mainindication:total-passed');
    const two = await oneshot(['verify', path, path, '--anchor', at('anchor.pem'), '--report', 'etsi']);
    expect(two.code).toBe(2);
    const bytes = await readFile(path);
    bytes.writeUInt8(bytes.readUInt8(600) ^ 1, 600);
    await writeFile(at('tampered.pdf'), bytes);
    const tampered = await oneshot(['verify', at('tampered.pdf'), '--anchor', at('anchor.pem'), '--json']);
    expect(tampered.code).toBe(1);
    expect(jsonLines(tampered)).toMatchObject([{ verdict: 'invalid' }]);
  });

  it('never writes over a file: the second run takes the next free name', async () => {
    for (let run = 0; run < 2; run++) await sign([corpus('libreoffice.pdf')], 'twice', '--otp', 'sandbox');
    expect(await readdir(at('twice'))).toEqual(['libreoffice-signed-2.pdf', 'libreoffice-signed.pdf']);
  });

  it('leaves the level B-B without a time stamp, when asked to', async () => {
    const signed = await sign(
      [corpus('libreoffice.pdf')],
      'basic',
      '--otp',
      'sandbox',
      '--json',
      '--level',
      'B-B',
    );
    expect(jsonLines(signed)).toMatchObject([{ verdict: 'valid', level: 'B-B' }]);
  });
});

describe('what goes wrong ends with exit code 1, the code of the error, and no file', () => {
  it.each([
    ['a document that cannot be signed', ['x-trunc.pdf'], 'sandbox', 'OSS_PDF_TRUNCATED'],
    ['one good and one bad document', ['libreoffice.pdf', 'x-notpdf.pdf'], 'sandbox', 'OSS_PDF_NOT_A_PDF'],
    ['a file that is not there', ['nowhere.pdf'], 'sandbox', 'OSS_FILE_NOT_FOUND'],
    ['the same document twice', ['libreoffice.pdf', 'libreoffice.pdf'], 'sandbox', 'OSS_DUPLICATE_DOCUMENT'],
    ['a wrong code', ['libreoffice.pdf'], '0000', 'OSS_OTP_REFUSED'],
  ])('%s: %s', async (_what, names, otp, code) => {
    const failed = await sign(names.map(corpus), 'failed', '--otp', otp, '--json');
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain(`[${code}]`);
    expect(jsonLines(failed)).toMatchObject([{ error: { code } }]);
    expect(await listIfPresent(at('failed'))).toEqual([]);
  });

  it('a signer that is not described completely: every missing field is named', async () => {
    const failed = await oneshot([
      'sign',
      corpus('libreoffice.pdf'),
      '--out',
      at('failed'),
      '--given-name',
      'Ada',
    ]);
    expect(failed.code).toBe(1);
    for (const field of ['idDocument', 'mobilePhone']) expect(failed.stderr).toContain(field);
  });

  it('a command that is not understood: exit code 2', async () => {
    expect((await oneshot(['sing'])).code).toBe(2);
    expect((await oneshot(['sign', '--out', at('failed')])).code).toBe(2);
  });
});

describe('a document with a password', () => {
  it('is signed when the password is given by the environment', async () => {
    await writeFile(at('identity.json'), JSON.stringify(newSigner()));
    const args = ['sign', corpus('enc-aes256-userpw.pdf'), '--identity', at('identity.json')];
    const where = ['--data', at('data'), '--out', at('password'), '--otp', 'sandbox', '--json'];
    const signed = await oneshot([...args, ...where], { env: { ONESHOT_PDF_PASSWORD: 'user' } });
    expect(signed.code, signed.stderr).toBe(0);
    expect(jsonLines(signed)).toMatchObject([{ verdict: 'valid', level: 'B-LT' }]);
  });
});

describe('oneshot demo', () => {
  it('signs the samples, shows the simulated SMS and what left the machine', async () => {
    const demo = await oneshot(['demo', '--out', at('samples')]);
    expect(demo.code, demo.stderr).toBe(0);
    const shown = demo.stdout + demo.stderr;
    expect(shown).toMatch(/SMS/);
    expect(shown).toMatch(/POST +\/v1\/requests\/req_\w+\/sign +\d+ bytes/);
    expect(await readdir(at('samples'))).toHaveLength(3);
  });
});
