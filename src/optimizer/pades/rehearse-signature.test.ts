import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SignatureLevel } from '../../contract/model/signature-level.ts';
import { type ByteSource, memorySource, openPdf, planSignatureUpdate } from '../../pdf/index.ts';
import { plainPdf } from '../../pdf/plain-pdf.fixture.ts';
import { corpus, hasTool, passwordOf, signable } from '../../pdf/signing.fixture.ts';
import { examineDocument } from '../preflight/examine-document.ts';
import { rehearseUpdate } from './rehearse-signature.ts';

const LEVELS: readonly SignatureLevel[] = ['B-B', 'B-T', 'B-LT', 'B-LTA'];

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'signed',
    (error: { code?: string }) => error.code ?? String(error),
  );

/** What a preparation does, with the very update that is written there. */
async function prepare(bytes: Uint8Array, level: SignatureLevel, password?: string): Promise<void> {
  const access = password === undefined ? {} : { password };
  const source = memorySource(bytes);
  const update = await planSignatureUpdate(await openPdf(source, access), {
    claimedSigningTime: new Date('2026-11-25T04:15:00Z'),
    contentsCapacity: 8192,
    timestamped: level !== 'B-B',
    validationData: level === 'B-LT' || level === 'B-LTA',
  });
  await rehearseUpdate(source, update, { level, ...access });
}

/** A page that leads to the catalog by this entry. */
const leading = (page: string, objects: readonly string[] = []): Buffer =>
  plainPdf({ page, objects, trailer: '/ID [<00><00>]' });

describe('the rehearsal of a signature', () => {
  it.each(signable())('%s: can be signed at the lowest and the highest level', async (name) => {
    const { password } = passwordOf(name);
    for (const level of ['B-B', 'B-LTA'] as const) {
      const access = password === undefined ? {} : { password };
      const examined = await codeOf(examineDocument(memorySource(corpus(name)), { level, ...access }));
      expect(examined, level).toBe('signed');
      expect(await codeOf(prepare(corpus(name), level, password)), level).toBe('signed');
    }
  });

  it.each([
    ['directly', leading('/PieceInfo <</Foo <</Private <</Doc 1 0 R>>>>>>')],
    [
      'by an object of its own',
      leading('/PieceInfo 4 0 R', ['<</Foo <</Private 5 0 R>>>>', '[1 0 R 3 0 R]']),
    ],
    [
      'from a form that the page draws',
      leading('/Resources <</XObject <</F 4 0 R>>>>', [
        '<</Type /XObject /Subtype /Form /BBox [0 0 1 1] /PieceInfo <</Foo <</Private 1 0 R>>>> /Length 0>>\nstream\n\nendstream',
      ]),
    ],
  ])('private data of a page may name the catalog %s', async (_where, bytes) => {
    for (const level of LEVELS) expect(await codeOf(prepare(bytes, level)), level).toBe('signed');
  });

  it.each([
    ['as its resources', leading('/Resources 1 0 R')],
    ['as what it can draw', leading('/Resources <</XObject 1 0 R>>')],
    [
      'although private data named it before',
      leading('/PieceInfo <</A 1 0 R>> /Resources <</XObject 1 0 R>>'),
    ],
  ])('a page that uses the catalog %s is refused before a code is sent', async (_where, bytes) => {
    for (const level of ['B-LT', 'B-LTA'] as const) {
      expect(await codeOf(prepare(bytes, level)), level).toBe('OSS_PDF_WOULD_NOT_VERIFY');
      expect(await codeOf(examineDocument(memorySource(bytes), { level }))).toBe('OSS_PDF_WOULD_NOT_VERIFY');
    }
    expect(await codeOf(prepare(bytes, 'B-T'))).toBe('signed');
  });

  it('inspection and preparation never disagree, whatever is wrong with page counts, sizes and numbers', async () => {
    const number = fc.oneof(
      fc.integer({ min: -2, max: 9 }),
      fc.constantFrom(8_388_607, 8_388_608, 2_147_483_000),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.record({ count: number, size: number, level: fc.constantFrom(...LEVELS) }),
        async ({ count, size, level }) => {
          const text = plainPdf({}).toString('latin1').replace('/Count 1', `/Count ${count}`);
          const bytes = Buffer.from(withXref(text, size), 'latin1');
          const examined = await codeOf(examineDocument(memorySource(bytes), { level }));
          const repaired = examined === 'signed' && (await codeOf(openPdf(memorySource(bytes)))) !== 'signed';
          if (!repaired) expect(await codeOf(prepare(bytes, level))).toBe(examined);
        },
      ),
      { numRuns: 120 },
    );
  });

  it('reads no more of a large document than its ends', async () => {
    const large = plainPdf({
      page: '/Contents 4 0 R',
      objects: [`<</Length 20000000>>\nstream\n${'%'.repeat(20_000_000)}\nendstream`],
    });
    const counted = counting(memorySource(large));
    const update = await planSignatureUpdate(await openPdf(counted), {
      claimedSigningTime: new Date(),
      contentsCapacity: 8192,
    });
    counted.bytes = 0;
    await rehearseUpdate(counted, update, { level: 'B-T' });
    expect(counted.bytes).toBeLessThan(1_000_000);
  });
});

function withXref(text: string, size: number): string {
  const bodies = text.slice(0, text.indexOf('xref\n'));
  const entries = [...bodies.matchAll(/\d+ 0 obj/g)].map(
    ({ index }) => `${String(index).padStart(10, '0')} 00000 n \n`,
  );
  const xref = `xref\n0 ${entries.length + 1}\n0000000000 65535 f \n${entries.join('')}`;
  return `${bodies}${xref}trailer\n<</Size ${size} /Root 1 0 R>>\nstartxref\n${bodies.length}\n%%EOF\n`;
}

function counting(source: ByteSource): ByteSource & { bytes: number } {
  return {
    bytes: 0,
    size: source.size,
    read(offset, length) {
      this.bytes += length;
      return source.read(offset, length);
    },
    readInto(target, offset) {
      this.bytes += target.length;
      return source.readInto(target, offset);
    },
  };
}

describe('a page tree', () => {
  const nested = (depth: number): Buffer => {
    const nodes = Array.from({ length: depth }, (_, index) => {
      const kid = index === depth - 1 ? 3 : index + 5;
      return `<</Type /Pages /Parent ${index === 0 ? 2 : index + 3} 0 R /Kids [${kid} 0 R] /Count 1>>`;
    });
    const bytes = plainPdf({ objects: nodes }).toString('latin1').replace('/Kids [3 0 R]', '/Kids [4 0 R]');
    return Buffer.from(bytes, 'latin1');
  };

  it.each([1, 64, 100, 500, 900])('of %i levels can be signed at every level', async (depth) => {
    for (const level of LEVELS) expect(await codeOf(prepare(nested(depth), level)), level).toBe('signed');
    expect(await codeOf(examineDocument(memorySource(nested(depth))))).toBe('signed');
  });

  it('without an end is refused', async () => {
    const bytes = plainPdf({}).toString('latin1').replace('[3 0 R]', '[2 0 R]');
    expect(await codeOf(examineDocument(memorySource(Buffer.from(bytes, 'latin1'))))).toBe('OSS_PDF_LIMIT');
  });
});

describe.skipIf(!hasTool('qpdf'))('an encrypted document (needs qpdf)', () => {
  const encrypted = (...options: string[]): Buffer => {
    const folder = mkdtempSync(join(tmpdir(), 'encrypted-'));
    try {
      const [from, to] = [join(folder, 'a.pdf'), join(folder, 'b.pdf')];
      writeFileSync(from, corpus('reportlab.pdf'));
      execFileSync('qpdf', ['--allow-weak-crypto', '--encrypt', '', 'owner', ...options, '--', from, to]);
      return readFileSync(to);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
  const relabelled = (bytes: Buffer, from: string, to: string): Buffer =>
    Buffer.from(bytes.toString('latin1').replace(from, to), 'latin1');
  const examine = (bytes: Buffer): Promise<string> => codeOf(examineDocument(memorySource(bytes)));

  it.each([
    ['RC4', ['128', '--use-aes=n', '--force-V4']],
    ['AES-128', ['128', '--use-aes=y']],
    ['AES-256', ['256']],
    ['AES-256 of revision 5', ['256', '--force-R5']],
  ])('with %s as it says can be signed', async (_name, options) => {
    expect(await examine(encrypted(...options))).toBe('signed');
  });

  it.each([
    ['AES-256 called AES-128', ['256'], '/CFM /AESV3', '/CFM /AESV2'],
    ['AES-256 called RC4', ['256'], '/CFM /AESV3', '/CFM /V2'],
    ['AES-128 called RC4', ['128', '--use-aes=y'], '/CFM /AESV2', '/CFM /V2'],
    ['RC4 called AES-128', ['128', '--use-aes=n', '--force-V4'], '/CFM /V2', '/CFM /AESV2'],
    ['AES-128 called AES-256', ['128', '--use-aes=y'], '/CFM /AESV2', '/CFM /AESV3'],
  ])('with %s is refused', async (_name, options, from, to) => {
    const bytes = encrypted(...options);
    expect(bytes.includes(from)).toBe(true);
    expect(await examine(relabelled(bytes, from, to))).toBe('OSS_PDF_ENCRYPTION_UNSUPPORTED');
  });
});
