import { describe, expect, it } from 'vitest';
import { changesAfter, listSignatures, memorySource, openPdf, type Rectangle } from '../index.ts';
import { plainPdf } from '../plain-pdf.fixture.ts';
import { isOfItsRevision, readOwnSignatures } from '../signatures/own-signatures.ts';
import { sign, typefaces } from '../signing.fixture.ts';

const stream = (data: string, entries = ''): string =>
  `<<${entries} /Length ${data.length}>>\nstream\n${data}\nendstream`;

/** A contract with a field beside its text, and one that lies over it. */
const contract = (): Buffer =>
  plainPdf({
    catalog: '/AcroForm <</Fields [6 0 R 7 0 R] /DA (/Helv 12 Tf 0 g)>>',
    page: '/Contents 4 0 R /Resources <</Font <</F1 5 0 R>>>> /Annots [6 0 R 7 0 R]',
    objects: [
      stream(
        'BT /F1 18 Tf 72 700 Td (Pay 100 EUR to Alice) Tj ET BT /F1 12 Tf 72 604 Td (..............) Tj ET',
      ),
      '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>',
      '<</Type /Annot /Subtype /Widget /FT /Tx /T (beside) /F 4 /Rect [72 600 272 620] /P 3 0 R>>',
      '<</Type /Annot /Subtype /Widget /FT /Tx /T (over) /F 4 /Rect [60 690 400 720] /P 3 0 R>>',
    ],
  });

const OVER_TEXT: Rectangle = { x1: 150, y1: 695, x2: 300, y2: 725 };
const BLANK: Rectangle = { x1: 72, y1: 100, x2: 272, y2: 160 };

const marked = (rectangle: Rectangle) => ({
  visible: { page: 1, rectangle, text: ['Signed by Zoë'], typefaces },
});

function appended(file: Buffer, number: number, body: string): Buffer {
  const previous = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(file.toString('latin1'))?.[1];
  const object = `${number} 0 obj\n${body}\nendobj\n`;
  const table = `xref\n${number} 1\n${String(file.length).padStart(10, '0')} 00000 n \ntrailer\n<</Size 100 /Root 1 0 R /Prev ${previous}>>\n`;
  return Buffer.concat([
    file,
    Buffer.from(`${object}${table}startxref\n${file.length + object.length}\n%%EOF\n`, 'latin1'),
  ]);
}

async function changesIn(file: Buffer, verified?: ReadonlySet<string>) {
  const document = await openPdf(memorySource(file));
  const [first] = await listSignatures(document);
  return changesAfter(document, first?.revisionEnd ?? 0, {}, verified);
}

describe('the mark of a further signature', () => {
  const signedTwice = async (rectangle: Rectangle): Promise<Buffer> =>
    (await sign((await sign(contract())).bytes, marked(rectangle))).bytes;

  it('is allowed where the page is blank', async () => {
    expect(await changesIn(await signedTwice(BLANK))).toMatchObject([
      { kind: 'signatureAdded', outcome: 'allowed', page: 1 },
    ]);
  });

  it('is left to a person where it covers the text', async () => {
    expect(await changesIn(await signedTwice(OVER_TEXT))).toMatchObject([
      { kind: 'signatureAdded', outcome: 'suspicious', reason: 'coversSignedContent', page: 1 },
    ]);
  });

  it('is left to a person where the signature behind it does not verify', async () => {
    const file = await signedTwice(BLANK);
    expect(await changesIn(file, new Set(['Signature2']))).toMatchObject([{ outcome: 'allowed' }]);
    expect(await changesIn(file, new Set())).toMatchObject([
      { outcome: 'suspicious', reason: 'notVerified' },
    ]);
  });

  it('does not matter where there is none', async () => {
    const file = (await sign((await sign(contract())).bytes)).bytes;
    expect(await changesIn(file, new Set())).toMatchObject([{ outcome: 'allowed' }]);
  });

  it('counts together with the others of its page', async () => {
    let file = (await sign(contract())).bytes;
    for (const y1 of [0, 190, 380]) {
      const wide = { x1: 0, y1, x2: 595, y2: y1 + 180 };
      file = (await sign(file, marked(wide))).bytes;
    }
    const found = await changesIn(file);
    expect(found.map(({ outcome, reason }) => `${outcome} ${reason}`)).toEqual(
      Array(3).fill('suspicious coversSignedContent'),
    );
  });
});

describe('a form field that is filled in', () => {
  const FILLED = (name: string, rectangle: string) =>
    `<</Type /Annot /Subtype /Widget /FT /Tx /T (${name}) /F 4 /Rect [${rectangle}] /P 3 0 R /V (100)>>`;

  it('is allowed on a line to write on', async () => {
    const file = appended((await sign(contract())).bytes, 6, FILLED('beside', '72 600 272 620'));
    expect(await changesIn(file)).toMatchObject([{ kind: 'fieldFilled', outcome: 'allowed' }]);
  });

  it('is left to a person where it lay over the text when that was signed', async () => {
    const file = appended((await sign(contract())).bytes, 7, FILLED('over', '60 690 400 720'));
    expect(await changesIn(file)).toMatchObject([
      { kind: 'fieldFilled', outcome: 'suspicious', reason: 'coversSignedContent', page: 1 },
    ]);
  });
});

describe('one value, one field, one revision', () => {
  /** Points the field `beside`, now for signatures, at the value of the last signature. */
  function cloned(file: Buffer): Buffer {
    const before = file.toString('latin1', 0, file.lastIndexOf('/ByteRange'));
    const value = [...before.matchAll(/(\d+) 0 obj/g)].at(-1)?.[1];
    return appended(
      file,
      6,
      `<</Type /Annot /Subtype /Widget /FT /Sig /T (beside) /F 4 /Rect [72 600 272 620] /P 3 0 R /V ${value} 0 R>>`,
    );
  }

  it('a value that a second field shows later is one signature', async () => {
    const file = cloned((await sign(contract())).bytes);
    const { signatures, copies } = await readOwnSignatures(await openPdf(memorySource(file)));
    expect(signatures.map(({ fieldName }) => fieldName)).toEqual(['Signature1']);
    expect(copies).toEqual([{ fieldName: 'beside', original: 'Signature1', wasSigned: false }]);
  });

  it('the field that was signed owns the value, wherever it stands in the form', async () => {
    const file = cloned((await sign(contract())).bytes);
    // `beside` is the first of the form.
    const [own] = await listSignatures(await openPdf(memorySource(file)));
    expect(own?.fieldName).toBe('Signature1');
  });

  it('two fields that had it when it was signed are one signature, and the signer closed both', async () => {
    const shared = plainPdf({
      catalog: '/AcroForm <</Fields [4 0 R 5 0 R] /SigFlags 3>>',
      page: '/Annots [4 0 R 5 0 R]',
      objects: [
        '<</Type /Annot /Subtype /Widget /FT /Sig /T (One) /F 4 /Rect [0 0 0 0] /P 3 0 R /V 6 0 R>>',
        '<</Type /Annot /Subtype /Widget /FT /Sig /T (Two) /F 4 /Rect [0 0 0 0] /P 3 0 R /V 6 0 R>>',
        '<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange [0 1000 1010 2000] /Contents <3003020105>>>',
      ],
    });
    const text = shared.toString('latin1');
    const open = text.indexOf('<3003020105>');
    const range = `[0 ${open} ${open + 12} ${text.length - open - 12}]`.padEnd('[0 1000 1010 2000]'.length);
    const file = Buffer.from(text.replace('[0 1000 1010 2000]', range), 'latin1');
    const { signatures, copies } = await readOwnSignatures(await openPdf(memorySource(file)));
    expect(signatures).toMatchObject([{ fieldName: 'One', isGapExact: true, coversWholeFile: true }]);
    expect(copies).toEqual([{ fieldName: 'Two', original: 'One', wasSigned: true }]);
  });

  it('a value that moved to another field is of no revision', async () => {
    const signed = (await sign(contract())).bytes;
    const moved = cloned(signed);
    const field =
      /(\d+) 0 obj\n<<\/Type \/Annot\n?\s*\/Subtype \/Widget\n?\s*\/FT \/Sig\n?\s*\/T \(Signature1\)/.exec(
        moved.toString('latin1'),
      )?.[1];
    expect(field).toBeDefined();
    const file = appended(moved, Number(field), '<</FT /Sig /T (Signature1) /Rect [0 0 0 0] /P 3 0 R>>');
    const document = await openPdf(memorySource(file));
    const [only] = await listSignatures(document);
    expect(only?.fieldName).toBe('beside');
    expect(only && (await isOfItsRevision(document, only))).toBe(false);
  });
});
