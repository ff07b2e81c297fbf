import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { changesAfter, digestByteRange, listSignatures, memorySource, openPdf, Typefaces } from '../index.ts';
import {
  corpus,
  coveredBytes,
  hasTool,
  opensslSigner,
  passwordOf,
  qpdfStatus,
  REFUSED,
  sign,
  signable,
  typefaces,
  withFile,
} from '../signing.fixture.ts';

const RECTANGLE = { x1: 50, y1: 50, x2: 250, y2: 120 };

/** A picture whose transparency varies. */
function picture(width = 8, height = 4): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const frame = Buffer.alloc(4);
    frame.writeUInt32BE(data.length);
    const checksum = Buffer.alloc(4);
    checksum.writeUInt32BE(crc32(body));
    return Buffer.concat([frame, body, checksum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Buffer.concat(Array.from({ length: height }, () => Buffer.alloc(1 + 4 * width, 0x40)));
  for (let row = 0; row < height; row += 1) rows[row * (1 + 4 * width)] = 0;
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const png = (bytes: Uint8Array) => ({ format: 'png' as const, bytes });

const visible = () => ({
  page: 1,
  rectangle: RECTANGLE,
  text: ['Signed by Zoë Łódź', '2026-11-25'],
  typefaces,
  picture: png(picture()),
});

describe.each(signable())('%s', (name) => {
  const original = corpus(name);
  const access = passwordOf(name);
  const looks =
    name === 'signed-mdp2.pdf'
      ? ([['invisible', undefined]] as const)
      : ([
          ['invisible', undefined],
          ['visible', visible()],
        ] as const);

  it.each(looks)('signed twice (%s): nothing before is touched', async (_, look) => {
    const options = look ? { ...access, visible: look } : access;
    const once = await sign(original, options);
    const twice = await sign(once.bytes, options);
    expect(twice.bytes.subarray(0, original.length).equals(original)).toBe(true);
    expect(twice.bytes.subarray(0, once.bytes.length).equals(once.bytes)).toBe(true);

    const document = await openPdf(memorySource(twice.bytes), access);
    const signatures = await listSignatures(document);
    const [first, second] = signatures.slice(-2);
    expect(second).toMatchObject({ coversWholeFile: true, isGapExact: true, isPaddingZero: true });
    expect(first).toMatchObject({ coversWholeFile: false, isGapExact: true, revisionEnd: once.bytes.length });
    expect(second?.claimedTime).toBe('D:20261125041500Z');
    for (const { revisionEnd = 0 } of signatures) {
      // Some documents of the corpus have text where the mark comes to lie, and nobody may miss that.
      const doubtful = (await changesAfter(document, revisionEnd)).filter(
        ({ outcome }) => outcome !== 'allowed',
      );
      expect(doubtful.filter(({ reason }) => reason !== 'coversSignedContent')).toEqual([]);
      if (!look) expect(doubtful).toEqual([]);
    }
    if (hasTool('qpdf')) expect(qpdfStatus(twice.bytes, access.password)).toBe(0);
  });

  it('hashes the original and the covered bytes in one pass', async () => {
    const { bytes, update, digests } = await sign(original, access);
    const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');
    expect(Buffer.from(digests.originalDigest).toString('hex')).toBe(sha256(original));
    expect(Buffer.from(digests.byteRangeDigest).toString('hex')).toBe(
      sha256(coveredBytes(bytes, update.byteRange)),
    );
    expect(await digestByteRange(memorySource(bytes), update.byteRange)).toEqual(digests.byteRangeDigest);
  });
});

describe('refusals', () => {
  it.each(Object.entries(REFUSED))('%s: %s', async (name, code) => {
    await expect(sign(corpus(name))).rejects.toMatchObject({ code });
  });

  it.each([
    ['a page that is not there', { page: 99 }, 'OSS_PDF_PAGE_NOT_FOUND'],
    [
      'a place off the page',
      { rectangle: { x1: 500, y1: 50, x2: 900, y2: 100 } },
      'OSS_PDF_RECTANGLE_INVALID',
    ],
    ['a place without area', { rectangle: { x1: 50, y1: 50, x2: 50, y2: 100 } }, 'OSS_PDF_RECTANGLE_INVALID'],
    [
      'a place that is no number',
      { rectangle: { ...RECTANGLE, x2: Number.NaN } },
      'OSS_PDF_RECTANGLE_INVALID',
    ],
    ['text that does not fit', { text: ['word '.repeat(5_000)] }, 'OSS_PDF_RECTANGLE_INVALID'],
    ['text without a glyph', { text: ['漢字'] }, 'OSS_PDF_TEXT_UNSUPPORTED'],
    [
      'a file that is no font',
      { typefaces: new Typefaces([async () => Buffer.from('no font')]) },
      'OSS_PDF_TEXT_UNSUPPORTED',
    ],
    ['a file that is no picture', { picture: png(Buffer.from('no picture')) }, 'OSS_PDF_IMAGE_INVALID'],
    ['a picture cut off', { picture: png(picture().subarray(0, 60)) }, 'OSS_PDF_IMAGE_INVALID'],
    [
      'a picture of absurd size',
      { picture: png(picture(100_000, 1_000).subarray(0, 60)) },
      'OSS_PDF_IMAGE_INVALID',
    ],
  ])('%s', async (_, change, code) => {
    await expect(
      sign(corpus('libreoffice.pdf'), { visible: { ...visible(), ...change } }),
    ).rejects.toMatchObject({ code });
  });

  it('a visible signature on a certified page', async () => {
    const signing = sign(corpus('signed-mdp2.pdf'), { visible: visible() });
    await expect(signing).rejects.toMatchObject({ code: 'OSS_PDF_CERTIFIED_INVISIBLE_ONLY' });
  });

  it('a CMS larger than the room for it', async () => {
    const signing = sign(corpus('reportlab.pdf'), { contentsCapacity: 4 });
    await expect(signing).rejects.toMatchObject({ code: 'OSS_PDF_CONTENTS_OVERFLOW' });
  });
});

describe('fields', () => {
  it('takes the first free name and never an occupied one', async () => {
    const once = await sign(corpus('reportlab.pdf'));
    expect(once.update.fieldName).toBe('Signature1');
    expect((await sign(once.bytes)).update.fieldName).toBe('Signature2');
    await expect(sign(once.bytes, { fieldName: 'Signature1' })).rejects.toMatchObject({
      code: 'OSS_PDF_FIELD_UNUSABLE',
    });
  });

  it('is the same byte for byte with the same randomness', async () => {
    const options = { randomBytes: (size: number) => Buffer.alloc(size, 7), visible: visible() };
    const [a, b] = [
      await sign(corpus('enc-aes256.pdf'), options),
      await sign(corpus('enc-aes256.pdf'), options),
    ];
    expect(a.bytes.equals(b.bytes)).toBe(true);
  });

  it('writes name, reason and place in any script, and declares the extension once', async () => {
    const texts = { name: 'Zoë', reason: 'Einverständnis 同意', location: 'Łódź' };
    const once = await sign(corpus('enc-rc4-128.pdf'), texts);
    const twice = await sign(once.bytes, texts);
    const [, second] = await listSignatures(await openPdf(memorySource(twice.bytes)));
    expect(second).toMatchObject(texts);
    expect(twice.bytes.toString('latin1').split('/ESIC').length).toBe(2);
  });
});

describe.skipIf(!hasTool('openssl') || !hasTool('pdfsig'))(
  'real signatures (needs openssl and pdfsig)',
  () => {
    let cms: ReturnType<typeof opensslSigner>;
    beforeAll(() => {
      cms = opensslSigner();
    });

    it.each(signable())('poppler finds both signatures of %s valid', async (name) => {
      const access = passwordOf(name);
      const before = (await listSignatures(await openPdf(memorySource(corpus(name)), access))).length;
      const once = await sign(corpus(name), { ...access, cms });
      const twice = await sign(once.bytes, { ...access, cms });
      const password = access.password === undefined ? [] : ['-upw', access.password];
      const report = withFile(twice.bytes, (path) =>
        spawnSync('pdfsig', ['-nocert', ...password, path]).stdout.toString(),
      );
      expect(report.split('Signature is Valid').length - 1).toBe(before + 2);
      expect(report.split('Total document signed').length - 1).toBe(1);
    });
  },
);

describe.skipIf(!hasTool('pdftotext'))('the text shown (needs pdftotext)', () => {
  it.each(['g-rot90.pdf', 'g-userunit.pdf', 'q-objstm.pdf', 'enc-aes256.pdf'])(
    'can be copied from %s',
    async (name) => {
      const { bytes } = await sign(corpus(name), { visible: visible() });
      const text = withFile(bytes, (path) =>
        spawnSync('pdftotext', ['-l', '1', path, '-']).stdout.toString(),
      );
      expect(text).toContain('Łódź');
    },
  );
});
