import { describe, expect, it } from 'vitest';
import { changesAfter, listSignatures, memorySource, openPdf } from '../index.ts';
import { corpus, sign } from '../signing.fixture.ts';

/** Appends a revision with one object the way an attacker would. */
function appendObject(signed: Buffer, number: number, body: string, trailer: string): Buffer {
  const previous = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(signed.toString('latin1'))?.[1];
  const offset = signed.length;
  const object = `${number} 0 obj\n${body}\nendobj\n`;
  const entry = `${String(offset).padStart(10, '0')} 00000 n \n`;
  const table = `xref\n${number} 1\n${entry}trailer\n<<${trailer} /Prev ${previous}>>\n`;
  const end = `startxref\n${offset + object.length}\n%%EOF\n`;
  return Buffer.concat([signed, Buffer.from(object + table + end, 'latin1')]);
}

describe('changes after a signature', () => {
  const original = corpus('reportlab.pdf');
  const TRAILER = '/Size 15 /Root 6 0 R /Info 7 0 R';
  const MORE = '/Size 100 /Root 6 0 R /Info 7 0 R';
  const catalogOf = (bytes: Buffer): string =>
    bytes.toString('latin1').split('\n6 0 obj').at(-1)?.split('endobj')[0]?.trim() ?? '';

  async function changesIn(bytes: Buffer) {
    const document = await openPdf(memorySource(bytes));
    const [first] = await listSignatures(document);
    return changesAfter(document, first?.revisionEnd ?? 0);
  }

  it('are none where the signature covers the whole file', async () => {
    expect(await changesIn((await sign(original)).bytes)).toEqual([]);
  });

  it('are allowed where they are a further signature', async () => {
    expect(await changesIn((await sign((await sign(original)).bytes)).bytes)).toMatchObject([
      {
        kind: 'signatureAdded',
        outcome: 'allowed',
        field: 'Signature2',
        sentence: 'The signature “Signature2” was added (shown on no page).',
      },
    ]);
  });

  it.each([
    ['another content of a page', 9, '<</Length 0>>\nstream\n\nendstream', TRAILER, 'pageContentChanged'],
    ['another page', 3, '<</Type /Page /Parent 8 0 R /MediaBox [0 0 10 10]>>', TRAILER, 'pageContentChanged'],
    ['another catalog', 6, '<</Type /Catalog /Pages 8 0 R>>', TRAILER, 'formSettingChanged'],
    [
      'another root',
      99,
      '<</Type /Catalog /Pages 8 0 R>>',
      '/Size 100 /Root 99 0 R /Info 7 0 R',
      'formSettingChanged',
    ],
  ])('are forbidden where they are %s', async (_, number, body, trailer, kind) => {
    const signed = (await sign(original)).bytes;
    const changes = await changesAfter(
      await openPdf(memorySource(appendObject(signed, number, body, trailer))),
      signed.length,
    );
    expect(changes.filter(({ outcome }) => outcome === 'forbidden').map((change) => change.kind)).toContain(
      kind,
    );
  });

  it('are suspicious where they are an object out of nowhere', async () => {
    const signed = (await sign(original)).bytes;
    const trailer = '/Size 100 /Root 6 0 R /Info 7 0 R';
    const changes = await changesIn(appendObject(signed, 99, '(hidden)', trailer));
    expect(changes).toMatchObject([{ kind: 'unusedObjectAdded', outcome: 'suspicious', objects: [99] }]);
  });

  describe('of a document security store', () => {
    const STREAM = '<</Length 0>>\nstream\n\nendstream';

    /** Each revision is one object; the catalog of the last ones is that of the signed document and more. */
    async function revised(...revisions: readonly (readonly [number, string])[]): Promise<Buffer> {
      const { bytes } = await sign(original);
      const withEntry = (entry: string) => `${catalogOf(bytes).slice(0, -2)}${entry}>>`;
      return revisions.reduce(
        (file, [number, body]) => appendObject(file, number, number === 6 ? withEntry(body) : body, MORE),
        bytes,
      );
    }
    const replacedBy = (former: string) =>
      revised(
        ...([
          [90, STREAM],
          [91, former],
          [6, '/DSS <</Certs 91 0 R>>'],
          [92, STREAM],
          [93, '[90 0 R 92 0 R]'],
          [6, '/DSS <</Certs 93 0 R>>'],
        ] as const),
      );

    it('are allowed, and so are its lists that longer ones replaced', async () => {
      const changes = await changesIn(await replacedBy('[90 0 R]'));
      expect(new Set(changes.map(({ kind, outcome }) => `${kind} ${outcome}`))).toEqual(
        new Set(['validationDataAdded allowed']),
      );
    });

    it('are suspicious where a replaced list held anything else', async () => {
      const changes = await changesIn(await replacedBy('[90 0 R (hidden)]'));
      expect(changes).toContainEqual(expect.objectContaining({ kind: 'unusedObjectAdded', objects: [91] }));
    });
  });

  it('are allowed where the extensions become an object of their own, and more', async () => {
    const { bytes } = await sign(original);
    const catalog = catalogOf(bytes);
    const [entry = '', present = ''] = /\/Extensions\s*(<<.*?>>\s*>>)/s.exec(catalog) ?? [];
    const extended = [
      [90, present.replace(/^<</, '<</BASE <</BaseVersion /2.0 /ExtensionLevel 32002>>')],
      [6, catalog.replace(entry, '/Extensions 90 0 R')],
    ] as const;
    const file = extended.reduce((before, [number, body]) => appendObject(before, number, body, MORE), bytes);
    const changes = await changesIn(file);
    expect(new Set(changes.map(({ kind, outcome }) => `${kind} ${outcome}`))).toEqual(
      new Set(['technicalDeclarationAdded allowed']),
    );
  });

  it('are forbidden where a revision goes round the signed one', async () => {
    const signed = (await sign(original)).bytes;
    const forged = appendObject(original, 9, '<</Length 0>>\nstream\n\nendstream', TRAILER);
    const revision = forged.subarray(original.length).toString('latin1');
    const moved = revision
      .replace(String(original.length).padStart(10, '0'), String(signed.length).padStart(10, '0'))
      .replace(
        /startxref\n(\d+)/,
        (_all, offset: string) => `startxref\n${Number(offset) + signed.length - original.length}`,
      );
    const document = await openPdf(memorySource(Buffer.concat([signed, Buffer.from(moved, 'latin1')])));
    expect(await changesAfter(document, signed.length)).toMatchObject([
      { kind: 'revisionsNotContinued', outcome: 'forbidden' },
    ]);
  });

  it('are suspicious where bytes follow that add nothing', async () => {
    const signed = (await sign(original)).bytes;
    const more = await openPdf(memorySource(Buffer.concat([signed, Buffer.from('(more)\n')])));
    expect(await changesAfter(more, signed.length)).toMatchObject([{ kind: 'unaccountedBytes' }]);
  });
});
