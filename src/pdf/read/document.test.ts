import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { memorySource, openFileSource, openPdf } from '../index.ts';
import {
  CORPUS,
  corpus,
  corpusNames,
  hasTool,
  passwordOf,
  REFUSED,
  signable,
  withFile,
} from '../signing.fixture.ts';
import { decodeTextString } from '../syntax/text-string.ts';
import { dictionaryOf, EMPTY_DICTIONARY } from '../syntax/values.ts';
import type { PdfDocument } from './document.ts';

const open = (name: string): Promise<PdfDocument> => openPdf(memorySource(corpus(name)), passwordOf(name));

async function title(document: PdfDocument): Promise<string> {
  const info = dictionaryOf(await document.lookup(document.trailer, 'Info')) ?? EMPTY_DICTIONARY;
  const value = await document.lookup(info, 'Title');
  return value.kind === 'string' ? decodeTextString(value.bytes) : '';
}

describe('reading documents', () => {
  it.skipIf(!hasTool('qpdf')).each(signable())(
    '%s has the pages that qpdf counts (needs qpdf)',
    async (name) => {
      const password = passwordOf(name).password ?? '';
      const counted = spawnSync('qpdf', [`--password=${password}`, '--show-npages', join(CORPUS, name)]);
      const document = await open(name);
      const pages = Number(counted.stdout.toString());
      expect(await document.pageCount()).toBe(pages);
      expect((await document.page(pages)).mediaBox.x2).toBeGreaterThan(0);
      await expect(document.page(pages + 1)).rejects.toMatchObject({ code: 'OSS_PDF_PAGE_NOT_FOUND' });
    },
  );

  it.each(corpusNames().filter((name) => name in REFUSED && name !== 'signed-mdp1.pdf'))(
    'refuses %s',
    async (name) => {
      const reading = open(name).then((document) => document.page(1));
      await expect(reading).rejects.toMatchObject({ code: REFUSED[name] });
    },
  );

  it('asks for the password and takes the right one only', async () => {
    const source = memorySource(corpus('enc-aes256-userpw.pdf'));
    await expect(openPdf(source)).rejects.toMatchObject({ code: 'OSS_PDF_PASSWORD_NEEDED' });
    await expect(openPdf(source, { password: 'wrong' })).rejects.toMatchObject({
      code: 'OSS_PDF_PASSWORD_NEEDED',
    });
    expect((await openPdf(source, { password: 'user' })).encryption?.isOwner).toBe(false);
  });

  it('finds objects that a hybrid file hides from old readers', async () => {
    const document = await open('x-hybrid.pdf');
    expect(document.isHybrid).toBe(true);
    expect((await document.get({ kind: 'reference', number: 13, generation: 0 })).kind).not.toBe('null');
  });

  it('reads the geometry of a page', async () => {
    expect((await (await open('g-rot90.pdf')).page(1)).rotate).toBe(90);
    expect((await (await open('g-userunit.pdf')).page(1)).userUnit).toBeGreaterThan(1);
  });

  it('reads a file in place and names a missing one', async () => {
    const source = await openFileSource(join(CORPUS, 'pdftex.pdf'));
    expect(await (await openPdf(source)).pageCount()).toBeGreaterThan(0);
    await source.close();
    await expect(openFileSource(join(CORPUS, 'none.pdf'))).rejects.toMatchObject({
      code: 'OSS_FILE_NOT_FOUND',
    });
  });

  it('takes foreign bytes after the end, but not a revision that is cut off', async () => {
    const whole = corpus('reportlab.pdf');
    await openPdf(memorySource(Buffer.concat([whole, Buffer.alloc(5_000)])));
    const cut = Buffer.concat([
      corpus('x-incr3.pdf').subarray(0, whole.length + 40),
      Buffer.from('\n99 0 obj <<'),
    ]);
    await expect(openPdf(memorySource(cut))).rejects.toMatchObject({ code: 'OSS_PDF_TRUNCATED' });
  });
});

describe.skipIf(!hasTool('qpdf'))('encryption as qpdf writes it (needs qpdf)', () => {
  const encrypt = (...options: string[]): Buffer =>
    withFile(corpus('reportlab.pdf'), (path) => {
      const made = spawnSync('qpdf', ['--allow-weak-crypto', ...options, '--', path, '-'], {
        maxBuffer: 10_000_000,
      });
      expect(made.stderr.toString()).toBe('');
      return made.stdout;
    });

  it.each([
    ['RC4 40', ['--encrypt', 'user', 'owner', '40']],
    ['RC4 128', ['--encrypt', 'user', 'owner', '128', '--use-aes=n']],
    ['RC4 128 with crypt filters', ['--encrypt', 'user', 'owner', '128', '--use-aes=n', '--force-V4']],
    ['AES-128', ['--encrypt', 'user', 'owner', '128', '--use-aes=y']],
    [
      'AES-128, metadata in clear',
      ['--encrypt', 'user', 'owner', '128', '--use-aes=y', '--cleartext-metadata'],
    ],
    ['AES-256 revision 5', ['--encrypt', 'user', 'owner', '256', '--force-R5']],
    ['AES-256 revision 6', ['--encrypt', 'user', 'owner', '256']],
    ['AES-256, object streams', ['--object-streams=generate', '--encrypt', 'user', 'owner', '256']],
  ])('%s: opens for user and owner, and decrypts strings', async (_, options) => {
    const bytes = encrypt(...options);
    for (const [password, isOwner] of [
      ['user', false],
      ['owner', true],
    ] as const) {
      const document = await openPdf(memorySource(bytes), { password });
      expect(document.encryption?.isOwner).toBe(isOwner);
      expect(await title(document)).toBe('untitled');
    }
    await expect(openPdf(memorySource(bytes))).rejects.toMatchObject({ code: 'OSS_PDF_PASSWORD_NEEDED' });
  });
});
