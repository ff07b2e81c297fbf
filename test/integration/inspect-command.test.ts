import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileInspectionSchema } from '../../src/contract/model/file-inspection.ts';
import { CORPUS } from '../conformance/corpus.ts';
import { jsonLines, oneshot } from './command-line.ts';
import { newSigner } from './station.ts';

const corpus = (name: string): string => join(import.meta.dirname, '../corpus', name);

let directory: string;
const at = (name: string): string => join(directory, name);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'inspect-command-'));
  await writeFile(at('password'), 'user\n');
  await writeFile(at('identity.json'), JSON.stringify(newSigner()));
});
afterAll(() => rm(directory, { recursive: true }));

describe('oneshot inspect', () => {
  it('gives a verdict on every file of the corpus, and fails because some cannot be signed', async () => {
    const files = CORPUS.map(({ path }) => path);
    const inspected = await oneshot(['inspect', ...files, '--json', '--password-file', at('password')]);
    expect(inspected.code, inspected.stderr).toBe(1);
    const verdicts = jsonLines(inspected).map((line) => fileInspectionSchema.parse(line));
    expect(verdicts.map((one) => [one.file, one.verdict === 'refuse' ? one.code : undefined])).toEqual(
      CORPUS.map(({ path, refusedWith }) => [path, refusedWith]),
    );
  });

  it('says in words what to know and what to do', async () => {
    const files = ['reportlab.pdf', 'signed-mdp2.pdf', 'x-badxref.pdf', 'x-trunc.pdf'].map(corpus);
    const { code, stdout } = await oneshot(['inspect', ...files]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/reportlab\.pdf: can be signed \(3 pages\)/);
    expect(stdout).toMatch(/signed-mdp2\.pdf: can be signed, with a note[^X]*Already signed by Alice RSA\./);
    expect(stdout).toMatch(/x-badxref\.pdf: can be signed, with a note[^X]*table of contents is damaged/);
    expect(stdout).toMatch(/x-trunc\.pdf: cannot be signed\n\s+X [^\n]*\[OSS_PDF_TRUNCATED\]/);
  });

  it('succeeds where every file can be signed, in the field that is named too', async () => {
    expect((await oneshot(['inspect', corpus('pdfbox-sigfield.pdf'), '--field', 'Approval'])).code).toBe(0);
    const taken = await oneshot(['inspect', corpus('signed-once.pdf'), '--field', 'Sig1', '--json']);
    expect(jsonLines(taken)).toMatchObject([{ verdict: 'refuse', code: 'OSS_PDF_FIELD_UNUSABLE' }]);
  });
});

describe('oneshot sign', () => {
  const sign = (file: string, ...more: string[]) =>
    oneshot([
      ...['sign', file, '--identity', at('identity.json'), '--data', at('data'), '--out', at('out')],
      ...['--otp', 'sandbox', '--json', '--anchor-out', at('anchor.pem'), ...more],
    ]);

  it('repairs a damaged cross-reference: every byte of the original stays', async () => {
    const signed = await sign(corpus('x-badxref.pdf'));
    expect(signed.code, signed.stderr).toBe(0);
    const [line] = jsonLines(signed);
    expect(line).toMatchObject({ verdict: 'valid', level: 'B-LT' });
    const original = readFileSync(corpus('x-badxref.pdf'));
    const bytes = await readFile(String(line?.signed));
    expect(bytes.subarray(0, original.length).equals(original)).toBe(true);
  });

  it('signs in the field of the author', async () => {
    const signed = await sign(corpus('pdfbox-sigfield.pdf'), '--field', 'Approval');
    expect(jsonLines(signed)).toMatchObject([{ verdict: 'valid', field: 'Approval' }]);
  });

  it('takes the password from a file; the signed file keeps it', async () => {
    const signed = await sign(corpus('enc-aes256-userpw.pdf'), '--password-file', at('password'));
    expect(signed.code, signed.stderr).toBe(0);
    const path = String(jsonLines(signed)[0]?.signed);
    const verify = ['verify', path, '--anchor', at('anchor.pem'), '--json'];
    expect(jsonLines(await oneshot(verify))).toMatchObject([{ error: 'OSS_PDF_PASSWORD_NEEDED' }]);
    const opened = await oneshot([...verify, '--password-file', at('password')]);
    expect(jsonLines(opened)).toMatchObject([{ verdict: 'valid' }]);
  });
});
