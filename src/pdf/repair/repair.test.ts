import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memorySource, openPdf, planRepair } from '../index.ts';
import { corpus, hasTool, qpdfStatus, sign, withFile } from '../signing.fixture.ts';

const ALL_DIGITS = /\d/g;

/** Every offset of the cross-reference is wrong; the objects themselves are as they were. */
function withWrongStart(name: string): Buffer {
  const bytes = corpus(name);
  const at = bytes.lastIndexOf('startxref') + 'startxref\n'.length;
  const end = bytes.indexOf('\n', at);
  const wrong = bytes.toString('latin1', at, end).replaceAll(ALL_DIGITS, '1');
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(wrong), bytes.subarray(end)]);
}

async function repaired(bytes: Buffer, password?: string): Promise<Buffer> {
  const appended = await planRepair(memorySource(bytes), password === undefined ? {} : { password });
  return Buffer.concat([bytes, appended]);
}

const UNSIGNED = [
  ...['chromium', 'libreoffice', 'libreoffice-pdfa2b', 'pdftex', 'reportlab', 'reportlab-form', 'g-rot90'],
  ...['q-linearized', 'q-objstm', 'pdfbox-sigfield', 'x-hybrid', 'x-incr3', 'enc-aes256', 'enc-rc4-128'],
].map((name) => `${name}.pdf`);

describe('repair of a damaged cross-reference', () => {
  it.each(UNSIGNED)('%s opens again as it was, and can be signed', async (name) => {
    const damaged = withWrongStart(name);
    await expect(openPdf(memorySource(damaged))).rejects.toMatchObject({ code: 'OSS_PDF_XREF_DAMAGED' });
    const bytes = await repaired(damaged);
    expect(bytes.subarray(0, damaged.length).equals(damaged)).toBe(true);
    const [before, after] = [await openPdf(memorySource(corpus(name))), await openPdf(memorySource(bytes))];
    const pages = await before.pageCount();
    expect(await after.pageCount()).toBe(pages);
    for (let number = 1; number <= pages; number += 1) {
      const [page, same] = [await before.page(number), await after.page(number)];
      expect(same.reference).toEqual(page.reference);
      expect(same.mediaBox).toEqual(page.mediaBox);
    }
    const { bytes: signed } = await sign(bytes);
    if (hasTool('qpdf')) expect(qpdfStatus(signed)).toBe(0);
  });

  it('a table whose entries are wrong is repaired too', async () => {
    const damaged = corpus('x-badxref.pdf');
    const document = await openPdf(memorySource(await repaired(damaged)));
    expect(await document.pageCount()).toBe(
      await (await openPdf(memorySource(corpus('reportlab.pdf')))).pageCount(),
    );
    expect(document.xrefKind).toBe('table');
  });

  it.skipIf(!hasTool('qpdf'))('object streams of an encrypted file are indexed (needs qpdf)', async () => {
    const encrypted = withFile(corpus('reportlab-form.pdf'), (path) => {
      const options = ['--object-streams=generate', '--encrypt', 'user', 'owner', '256', '--', path, '-'];
      return spawnSync('qpdf', options, { maxBuffer: 10_000_000 }).stdout;
    });
    const at = encrypted.lastIndexOf('startxref') + 'startxref\n'.length;
    encrypted.write('1', at);
    const bytes = await repaired(encrypted, 'user');
    const document = await openPdf(memorySource(bytes), { password: 'user' });
    expect(document.xrefKind).toBe('stream');
    expect((await document.page(1)).mediaBox.x2).toBeGreaterThan(0);
    expect(qpdfStatus(bytes, 'user')).toBe(0);
  });

  it('the newest version of an object counts', async () => {
    const catalog = '6 0 obj\n<</Type /Catalog /Pages 8 0 R /Lang (x)>>\nendobj\n';
    const end = Buffer.from(`${catalog}startxref\n7\n%%EOF\n`);
    const document = await openPdf(
      memorySource(await repaired(Buffer.concat([corpus('reportlab.pdf'), end]))),
    );
    expect(document.catalog.dictionary.entries.has('Lang')).toBe(true);
  });

  it.each(['signed-once.pdf', 'signed-mdp2.pdf', 'signed-fieldmdp.pdf'])(
    '%s is signed: a damaged copy is refused',
    async (name) => {
      const repair = planRepair(memorySource(withWrongStart(name)));
      await expect(repair).rejects.toMatchObject({ code: 'OSS_PDF_DAMAGED_SIGNED' });
    },
  );

  it.each([
    ['a file that is cut off', corpus('x-trunc.pdf'), 'OSS_PDF_TRUNCATED'],
    ['a file with junk before its header', corpus('x-headjunk.pdf'), 'OSS_PDF_HEADER_JUNK'],
    ['a file that is no PDF', corpus('x-notpdf.pdf'), 'OSS_PDF_NOT_A_PDF'],
    ['an empty file', Buffer.alloc(0), 'OSS_PDF_EMPTY'],
  ])('%s is not repaired', async (_, bytes, code) => {
    await expect(planRepair(memorySource(bytes))).rejects.toMatchObject({ code });
  });

  it('a file of which a piece was lost is not repaired', async () => {
    const whole = withWrongStart('reportlab.pdf');
    const stream = whole.indexOf('stream') + 20;
    const withPlaceholder = Buffer.concat([whole.subarray(0, stream), whole.subarray(stream + 7)]);
    await expect(planRepair(memorySource(withPlaceholder))).rejects.toMatchObject({
      code: 'OSS_PDF_XREF_DAMAGED',
    });
  });

  it('an object inside the data of a stream is not taken for one of the file', async () => {
    const planted = '6 0 obj\n<</Type /Catalog /Pages 99 0 R>>\nendobj\n';
    const carrier = `90 0 obj\n<</Length ${planted.length}>>\nstream\n${planted}\nendstream\nendobj\n`;
    const damaged = withWrongStart('reportlab.pdf');
    const xref = damaged.lastIndexOf('xref', damaged.lastIndexOf('startxref') - 1);
    const bytes = Buffer.concat([damaged.subarray(0, xref), Buffer.from(carrier), damaged.subarray(xref)]);
    const document = await openPdf(memorySource(await repaired(bytes)));
    expect(await document.pageCount()).toBe(3);
  });

  it('whatever the offsets say, the pages are the same', async () => {
    const original = corpus('x-incr3.pdf').toString('latin1');
    const pages = await (await openPdf(memorySource(corpus('x-incr3.pdf')))).pageCount();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 9 }), async (digit) => {
        const wrong = original.replaceAll(/^\d{10}(?= \d{5} n)/gm, String(digit).repeat(10));
        const document = await openPdf(memorySource(await repaired(Buffer.from(wrong, 'latin1'))));
        expect(await document.pageCount()).toBe(pages);
      }),
      { numRuns: 10 },
    );
  });
});
