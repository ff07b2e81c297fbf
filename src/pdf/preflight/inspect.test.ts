import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { inspectForSigning, listSignatures, memorySource, openPdf, type PdfInspection } from '../index.ts';
import { corpus, hasTool, qpdfStatus, sign, withFile } from '../signing.fixture.ts';

const inspect = async (bytes: Uint8Array, password = ''): Promise<PdfInspection> =>
  inspectForSigning(await openPdf(memorySource(bytes), { password }));

describe('inspection before signing', () => {
  it('names what a plain document is', async () => {
    expect(await inspect(corpus('reportlab.pdf'))).toMatchObject({
      encrypted: false,
      pdfA: undefined,
      existingSignatures: [],
      emptySignatureFields: [],
      docMdp: undefined,
      targetField: { name: 'Signature1', exists: false },
    });
  });

  it.each([
    ['libreoffice-pdfa2b.pdf', { pdfA: '2b' }],
    ['libreoffice-pdfa2b.pdf', { pdfUA: undefined }],
    ['signed-mdp2.pdf', { docMdp: 2 }],
    ['signed-fieldmdp.pdf', { fieldLocks: [{ action: 'Include', fields: ['name'] }] }],
    ['pdfbox-sigfield.pdf', { emptySignatureFields: [{ name: 'Approval', reasons: [] }] }],
    ['enc-rc4-128.pdf', { encrypted: true }],
  ])('%s: %j', async (name, facts) => {
    expect(await inspect(corpus(name))).toMatchObject(facts);
  });

  it('lists an earlier signature with what it covers', async () => {
    const { existingSignatures } = await inspect(corpus('signed-once.pdf'));
    expect(existingSignatures).toMatchObject([
      { fieldName: 'Sig1', coversWholeFile: true, isGapExact: true },
    ]);
  });

  it('refuses where an earlier signature locks every field', async () => {
    const locked = corpus('signed-fieldmdp.pdf').toString('latin1').replaceAll('/Include', '/All    ');
    const inspection = inspect(Buffer.from(locked, 'latin1'));
    await expect(inspection).rejects.toMatchObject({ code: 'OSS_PDF_FIELD_LOCKED' });
  });

  it('refuses where an earlier signature locks every field but its own', async () => {
    const locked = corpus('signed-fieldmdp.pdf').toString('latin1').replaceAll('/Include', '/Exclude');
    const inspection = inspect(Buffer.from(locked, 'latin1'));
    await expect(inspection).rejects.toMatchObject({ code: 'OSS_PDF_FIELD_LOCKED' });
  });
});

describe.skipIf(!hasTool('qpdf'))('permissions of the author (needs qpdf)', () => {
  const restricted = (name: string, ...options: string[]): Buffer =>
    withFile(corpus(name), (path) => {
      const command = ['--encrypt', '', 'owner', '256', ...options, '--', path, '-'];
      return spawnSync('qpdf', command, { maxBuffer: 10_000_000 }).stdout;
    });

  it.each(['none', 'form', 'annotate'])(
    'modify=%s forbids a new field to the user, not to the owner',
    async (right) => {
      const bytes = restricted('reportlab.pdf', `--modify=${right}`);
      await expect(inspect(bytes)).rejects.toMatchObject({ code: 'OSS_PDF_PERMISSION_DENIED' });
      expect((await inspect(bytes, 'owner')).encrypted).toBe(true);
    },
  );

  it('filling forms is enough for the field of the author', async () => {
    const bytes = restricted('pdfbox-sigfield.pdf', '--modify=form');
    const { update } = await sign(bytes, { fieldName: 'Approval' });
    expect(update.fieldName).toBe('Approval');
    const forbidden = restricted('pdfbox-sigfield.pdf', '--modify=none');
    await expect(sign(forbidden, { fieldName: 'Approval' })).rejects.toMatchObject({
      code: 'OSS_PDF_PERMISSION_DENIED',
    });
  });

  it('strings that leave an encrypted object stream are encrypted on their own', async () => {
    const bytes = withFile(corpus('reportlab-form.pdf'), (path) => {
      const command = ['--object-streams=generate', '--encrypt', '', 'owner', '256', '--', path, '-'];
      return spawnSync('qpdf', command, { maxBuffer: 10_000_000 }).stdout;
    });
    const { bytes: signed } = await sign(bytes, { reason: 'agreed' });
    expect(qpdfStatus(signed)).toBe(0);
    const document = await openPdf(memorySource(signed));
    expect(await listSignatures(document)).toMatchObject([{ fieldName: 'Signature1', reason: 'agreed' }]);
    expect(signed.subarray(bytes.length).includes('agreed')).toBe(false);
  });
});
