import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { changesAfter, listSignatures, memorySource, openPdf } from '../index.ts';
import { formFields } from '../read/form-fields.ts';
import { corpus, hasTool, qpdfStatus, sign, typefaces, withFile } from '../signing.fixture.ts';
import { decodeTextString } from '../syntax/text-string.ts';
import { entryOf, type PdfDictionary } from '../syntax/values.ts';
import { onePage } from './appearance/rendering.fixture.ts';

const visible = {
  page: 1,
  rectangle: { x1: 50, y1: 50, x2: 250, y2: 110 },
  text: ['Signed by Zoë'],
  typefaces,
  alternativeText: 'Signed by Zoë, 25 November 2026',
};
const TAGGED = ['chromium.pdf', 'libreoffice-pdfa2b.pdf'];

async function signatureFields(bytes: Uint8Array): Promise<PdfDictionary[]> {
  const found: PdfDictionary[] = [];
  for await (const { type, dictionary } of formFields(await openPdf(memorySource(bytes)))) {
    if (type === 'Sig') found.push(dictionary);
  }
  return found;
}

const textOf = (dictionary: PdfDictionary, key: string): string | undefined => {
  const value = entryOf(dictionary, key);
  return value.kind === 'string' ? decodeTextString(value.bytes) : undefined;
};

/** The structure as poppler reads it: one line for each element, with what it leads to. */
const structureOf = (bytes: Uint8Array): string[] =>
  withFile(bytes, (path) => spawnSync('pdfinfo', ['-struct', path], { encoding: 'utf8' }))
    .stdout.split('\n')
    .map((line) => line.trim());

describe('what a screen reader finds', () => {
  it.each(['reportlab.pdf', 'enc-rc4-128.pdf', ...TAGGED])(
    '%s: the words for the signature',
    async (name) => {
      const [field] = await signatureFields((await sign(corpus(name), { visible })).bytes);
      expect(field && textOf(field, 'TU')).toBe('Signed by Zoë, 25 November 2026');
      expect(field && textOf(field, 'Contents')).toBe('Signed by Zoë, 25 November 2026');
    },
  );

  const tagged = hasTool('pdfinfo') && hasTool('qpdf') ? it : it.skip;
  tagged.each(TAGGED)('%s: its place at the end of the structure', async (name) => {
    const original = corpus(name);
    const { bytes } = await sign(original, { visible });
    const [before, after] = [structureOf(original), structureOf(bytes)];
    expect(after.filter((line) => line.startsWith('Form')).length).toBe(
      before.filter((line) => line.startsWith('Form')).length + 1,
    );
    expect(after.filter((line) => line.startsWith('Object'))).toHaveLength(
      before.filter((line) => line.startsWith('Object')).length + 1,
    );
    expect(qpdfStatus(bytes)).toBe(0);
  });

  it.each(TAGGED)('%s: a second signature leaves alone what the first covers', async (name) => {
    const once = await sign(corpus(name), { visible });
    const twice = await sign(once.bytes, { visible: { ...visible, page: 1 } });
    const [first, second] = await signatureFields(twice.bytes);
    expect(first?.entries.has('StructParent')).toBe(true);
    expect(second?.entries.has('StructParent')).toBe(false);
    const document = await openPdf(memorySource(twice.bytes));
    const [signature] = await listSignatures(document);
    const changes = await changesAfter(document, signature?.revisionEnd ?? 0);
    expect(changes.filter(({ outcome }) => outcome !== 'allowed')).toEqual([]);
  });

  it.each([
    ['an empty tree', '<</Nums []>>', '0'],
    ['a tree of one leaf', '<</Nums [0 null 4 null]>>', '5'],
    ['a tree with branches', '<</Kids [5 0 R]>>', '8'],
  ])('the next number after %s', async (_, tree, next) => {
    const original = onePage('/MediaBox [0 0 400 300]', '/MarkInfo <</Marked true>> /StructTreeRoot 4 0 R', [
      `<</Type /StructTreeRoot /ParentTree ${tree} /ParentTreeNextKey 0>>`,
      '<</Nums [7 null] /Limits [7 7]>>',
    ]);
    const [field] = await signatureFields((await sign(original, { visible })).bytes);
    expect(field && entryOf(field, 'StructParent')).toMatchObject({ value: Number(next) });
  });

  it.each([
    ['without a parent tree', '<</Type /StructTreeRoot>>'],
    ['whose parent tree loops', '<</Type /StructTreeRoot /ParentTree 5 0 R>>'],
  ])('a structure %s stays as it is', async (_, root) => {
    const original = onePage('/MediaBox [0 0 400 300]', '/MarkInfo <</Marked true>> /StructTreeRoot 4 0 R', [
      root,
      '<</Kids [5 0 R]>>',
    ]);
    const { bytes } = await sign(original, { visible });
    const [field] = await signatureFields(bytes);
    expect(field?.entries.has('StructParent')).toBe(false);
  });
});

describe('a document for archives', () => {
  const archive = (part: number): Buffer =>
    onePage('/MediaBox [0 0 400 300]', '/Metadata 4 0 R', [
      `<</Type /Metadata /Subtype /XML /Length 60>>\nstream\n${`<pdfaid:part>${part}</pdfaid:part>`.padEnd(60)}\nendstream`,
    ]);
  /** Red where it is seen, and half of it is not. */
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAYAAAD0In+KAAAAD0lEQVR4nGP4z8DwH4gZABD4Av6s6Ub4AAAAAElFTkSuQmCC',
    'base64',
  );
  const picture = { format: 'png' as const, bytes: png };

  it.each([
    ['PDF/A-1', 1, false],
    ['PDF/A-2', 2, true],
  ])('%s: transparency, colours, and all glyphs of the typeface', async (_, part, isTransparent) => {
    const { bytes } = await sign(archive(part), { visible: { ...visible, picture } });
    expect(bytes.includes('/SMask')).toBe(isTransparent);
    expect(bytes.includes('/CalRGB')).toBe(true);
    expect(bytes.includes('/CIDSet')).toBe(true);
    if (hasTool('qpdf')) expect(qpdfStatus(bytes)).toBe(0);
  });
});
