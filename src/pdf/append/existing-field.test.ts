import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { changesAfter, inspectForSigning, listSignatures, memorySource, openPdf } from '../index.ts';
import { plainPdf } from '../plain-pdf.fixture.ts';
import { corpus, hasTool, qpdfStatus, sign, typefaces, withFile } from '../signing.fixture.ts';

const visible = () => ({
  page: 1,
  rectangle: { x1: 0, y1: 0, x2: 0, y2: 0 },
  text: ['Signed by Zoë Łódź'],
  typefaces,
});

/** An empty field of the author, with conditions, and a text field beside it. */
const withField = (conditions: string): Buffer =>
  plainPdf({
    catalog: '/AcroForm <</Fields [4 0 R 5 0 R]>>',
    page: '/Annots [4 0 R 5 0 R]',
    objects: [
      `<</FT /Sig /Type /Annot /Subtype /Widget /T (Approval) /Rect [50 50 250 110] ${conditions}>>`,
      '<</FT /Tx /Type /Annot /Subtype /Widget /T (x) /Rect [50 150 250 170]>>',
    ],
  });

const signIt = (conditions: string, options: Parameters<typeof sign>[1] = {}) =>
  sign(withField(conditions), { fieldName: 'Approval', visible: visible(), ...options });

describe('a signature field of the author', () => {
  it('is signed when it is named', async () => {
    const original = corpus('pdfbox-sigfield.pdf');
    const { bytes } = await sign(original, { fieldName: 'Approval' });
    const signed = await openPdf(memorySource(bytes));
    expect(await listSignatures(signed)).toMatchObject([{ fieldName: 'Approval', coversWholeFile: true }]);
    expect((await inspectForSigning(signed)).emptySignatureFields).toEqual([]);
    const changes = await changesAfter(signed, original.length);
    expect(changes.filter(({ outcome }) => outcome !== 'allowed')).toEqual([]);
  });

  it.each<[string, string, Parameters<typeof sign>[1]]>([
    ['the format that is made', '/Ff 2 /SubFilter [/adbe.pkcs7.detached /ETSI.CAdES.detached]', {}],
    ['the digest that is made', '/Ff 64 /DigestMethod [(SHA1) (sha256)]', {}],
    ['the handler', '/Ff 1 /Filter /Adobe.PPKLite', {}],
    ['a reader of these entries', '/Ff 4 /V 2', {}],
    ['one of its reasons', '/Ff 8 /Reasons [(I agree) (I have read)]', { reason: 'I have read' }],
    ['no reason', '/Ff 8 /Reasons [(.)]', {}],
    ['no reason, by naming none', '/Ff 8', {}],
    ['a time stamp', '/TimeStamp <</URL (http://tsa) /Ff 1>>', { timestamped: true }],
    ['validation data', '/Ff 32 /AddRevInfo true', { validationData: true }],
    ['no lock', '/Ff 128 /LockDocument /false', {}],
    ['an ordinary signature', '/MDP <</P 0>>', {}],
    ['only what is recommended', '/SubFilter [/adbe.pkcs7.detached] /Reasons [(x)] /LockDocument /true', {}],
  ])('that demands %s is signed', async (_, seed, options) => {
    const { bytes } = await signIt(`/SV <</Type /SV ${seed}>>`, options);
    const document = await openPdf(memorySource(bytes));
    expect(await listSignatures(document)).toMatchObject([{ fieldName: 'Approval', coversWholeFile: true }]);
  });

  it.each<[string, string, Parameters<typeof sign>[1]]>([
    ['another format', '/Ff 2 /SubFilter [/adbe.pkcs7.detached]', {}],
    ['another digest', '/Ff 64 /DigestMethod [(SHA512)]', {}],
    ['another handler', '/Ff 1 /Filter /Other.Handler', {}],
    ['a newer reader', '/Ff 4 /V 4', {}],
    ['a reason that is not given', '/Ff 8 /Reasons [(I agree)]', {}],
    ['another reason', '/Ff 8 /Reasons [(I agree)]', { reason: 'I do not' }],
    ['no reason where one is given', '/Ff 8 /Reasons [(.)]', { reason: 'I agree' }],
    ['an attestation', '/Ff 16 /LegalAttestation [(x)]', {}],
    ['validation data that will not be there', '/Ff 32 /AddRevInfo true', {}],
    ['that the document be locked', '/Ff 128 /LockDocument /true', {}],
    ['an appearance of its program', '/Ff 256 /AppearanceFilter (x)', {}],
    ['what nobody here knows', '/Ff 512', {}],
    ['a certain certificate', '/Cert <</Ff 2 /Issuer []>>', {}],
    ['a time stamp that will not be there', '/TimeStamp <</URL (http://tsa) /Ff 1>>', {}],
    ['a certification', '/MDP <</P 1>>', {}],
  ])('that demands %s is refused', async (_, seed, options) => {
    await expect(signIt(`/SV <</Type /SV ${seed}>>`, options)).rejects.toMatchObject({
      code: 'OSS_PDF_FIELD_UNUSABLE',
    });
  });

  it('the accepted reasons are known beforehand', async () => {
    const document = await openPdf(
      memorySource(withField('/SV <</Ff 8 /Reasons [(I agree) (I have read)]>>')),
    );
    const { emptySignatureFields } = await inspectForSigning(document);
    expect(emptySignatureFields).toEqual([{ name: 'Approval', reasons: ['I agree', 'I have read'] }]);
  });
});

describe('a lock of the author', () => {
  it.each([
    ['some fields', '/Action /Include /Fields [(x)]', { action: 'Include', fields: ['x'] }],
    [
      'all but some',
      '/Action /Exclude /Fields [(x) (Approval)]',
      { action: 'Exclude', fields: ['x', 'Approval'] },
    ],
    ['all fields', '/Action /All', { action: 'All', fields: [] }],
  ])('of %s becomes part of the signature', async (_, lock, expected) => {
    const { bytes } = await signIt(`/Lock <</Type /SigFieldLock ${lock}>>`);
    const document = await openPdf(memorySource(bytes));
    const [signature] = await listSignatures(document);
    expect(signature?.fieldLocks).toEqual([expected]);
    if (hasTool('qpdf')) expect(qpdfStatus(bytes)).toBe(0);
  });

  it('of the whole document lets nobody sign afterwards', async () => {
    const { bytes } = await signIt('/Lock <</Type /SigFieldLock /Action /All /P 1>>');
    expect(bytes.toString('latin1')).toMatch(/\/FieldMDP[\s\S]*\/P 1/);
    await expect(sign(bytes)).rejects.toMatchObject({ code: 'OSS_PDF_CERTIFIED_NO_CHANGES' });
  });

  it('that leaves signatures lets somebody sign afterwards, but show nothing new', async () => {
    const { bytes } = await signIt('/Lock <</Type /SigFieldLock /Action /Include /Fields [(x)] /P 2>>');
    expect((await sign(bytes)).update.fieldName).toBe('Signature1');
    const shown = { ...visible(), rectangle: { x1: 50, y1: 250, x2: 250, y2: 310 } };
    await expect(sign(bytes, { visible: shown })).rejects.toMatchObject({
      code: 'OSS_PDF_CERTIFIED_INVISIBLE_ONLY',
    });
  });

  it.skipIf(!hasTool('qpdf'))('names its fields in an encrypted document too (needs qpdf)', async () => {
    const bytes = withFile(
      withField('/Lock <</Type /SigFieldLock /Action /Include /Fields [(x)]>>'),
      (path) => {
        const command = ['--encrypt', '', 'owner', '256', '--', path, '-'];
        return spawnSync('qpdf', command, { maxBuffer: 10_000_000 }).stdout;
      },
    );
    const { bytes: signed } = await sign(bytes, { fieldName: 'Approval' });
    const [signature] = await listSignatures(await openPdf(memorySource(signed)));
    expect(signature?.fieldLocks).toEqual([{ action: 'Include', fields: ['x'] }]);
    expect(qpdfStatus(signed)).toBe(0);
  });
});

describe('a certification', () => {
  const permissionsOf = async (bytes: Buffer) => {
    const document = await openPdf(memorySource(bytes));
    return { signatures: await listSignatures(document), inspection: await inspectForSigning(document) };
  };
  const place = { name: 'Guarantor', page: 1, rectangle: { x1: 300, y1: 50, x2: 400, y2: 110 } };

  it.each([2, 3] as const)('that permits %i is made by the first signature', async (certify) => {
    const { bytes } = await sign(corpus('libreoffice.pdf'), { certify });
    expect((await permissionsOf(bytes)).signatures).toMatchObject([{ docMdp: certify }]);
    expect(bytes.toString('latin1')).toMatch(/\/Perms <<\s*\/DocMDP \d+ 0 R\s*>>/);
  });

  it.each([2, 3] as const)('is made where the author of the field wants it (%i)', async (permission) => {
    const { bytes } = await signIt(`/SV <</Type /SV /MDP <</P ${permission}>>>>`);
    expect((await permissionsOf(bytes)).signatures).toMatchObject([{ docMdp: permission }]);
  });

  it('stands beside the lock of the field', async () => {
    const { bytes } = await signIt('/Lock <</Action /Include /Fields [(x)]>>', { certify: 2 });
    expect((await permissionsOf(bytes)).signatures).toMatchObject([
      { docMdp: 2, fieldLocks: [{ action: 'Include', fields: ['x'] }] },
    ]);
  });

  it('leaves fields for those who sign later, who are seen in them', async () => {
    const { bytes } = await sign(corpus('libreoffice.pdf'), { certify: 2, futureFields: [place] });
    expect((await permissionsOf(bytes)).inspection.emptySignatureFields).toMatchObject([
      { name: 'Guarantor' },
    ]);
    const twice = await sign(bytes, { fieldName: 'Guarantor', visible: visible() });
    const document = await openPdf(memorySource(twice.bytes));
    const rules = { docMdp: 2 as const, fieldLocks: [] };
    const changes = await changesAfter(document, bytes.length, rules);
    expect(changes.filter(({ outcome }) => outcome !== 'allowed')).toEqual([]);
  });

  it('keeps other permissions of the catalog', async () => {
    const original = plainPdf({ catalog: '/Perms <</UR3 4 0 R>>', objects: ['<</Type /Sig>>'] });
    const { bytes } = await sign(original, { certify: 2 });
    expect(bytes.toString('latin1')).toMatch(/\/Perms <<\s*\/UR3 4 0 R\s*\/DocMDP \d+ 0 R\s*>>/);
  });

  it.each([
    [
      'by a second signature',
      async () => sign((await sign(corpus('libreoffice.pdf'))).bytes, { certify: 2 }),
      'OSS_PDF_CERTIFY_FIRST_ONLY',
    ],
    [
      'otherwise than the author wants',
      () => signIt('/SV <</MDP <</P 3>>>>', { certify: 2 }),
      'OSS_PDF_FIELD_UNUSABLE',
    ],
    [
      'with a name that is taken',
      () => signIt('', { certify: 2, futureFields: [{ ...place, name: 'x' }] }),
      'OSS_PDF_FIELD_UNUSABLE',
    ],
    [
      'with a place outside the page',
      () =>
        signIt('', {
          certify: 2,
          futureFields: [{ ...place, rectangle: { x1: 0, y1: 0, x2: 9000, y2: 10 } }],
        }),
      'OSS_PDF_RECTANGLE_INVALID',
    ],
  ])('is not made %s', async (_, attempt, code) => {
    await expect(attempt()).rejects.toMatchObject({ code });
  });
});
