import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { VerificationReport } from '../../src/contract/model/verification.ts';
import { unpackContainer } from '../../src/optimizer/containers/unpack-container.ts';
import { verifyContainer } from '../../src/optimizer/containers/verify-container.ts';
import { etsiReport } from '../../src/optimizer/index.ts';
import { toPem } from '../../src/pki/index.ts';
import { openssl } from '../support/openssl.ts';
import { asicE, asicS, makeSignatory, messageOf, type Signatory } from '../support/signed-messages.ts';
import { zipOf } from '../support/zip.ts';
import { describeWithJudge } from './judges/at-hand.ts';
import { type DssSignature, judgeDss } from './judges/dss.ts';

const CONTRACT = Buffer.from('%PDF-1.7 the contract, whatever it says');
const ANNEX = Buffer.from('the annex');
const file = (name: string, bytes: Uint8Array = CONTRACT) => ({ name, bytes });
const mimetype = file('mimetype', Buffer.from('application/vnd.etsi.asic-e+zip'));

let ada: Signatory;
let bea: Signatory;
let folder: string;

beforeAll(async () => {
  [ada, bea, folder] = await Promise.all([
    makeSignatory('Ada'),
    makeSignatory('Bea'),
    mkdtemp(join(tmpdir(), 'oss-containers-')),
  ]);
});

async function written(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(await mkdtemp(join(folder, 'one-')), name);
  await writeFile(path, bytes);
  return path;
}

const trusting = (...signatories: readonly Signatory[]) => ({
  anchors: signatories.map(({ root }) => root.certificate),
  at: new Date(),
});

async function verified(path: string): Promise<VerificationReport> {
  const report = await verifyContainer(path, trusting(ada, bea));
  if (!report) throw new Error('taken for a PDF');
  return report;
}

const flawsIn = ({ checks, signatures }: VerificationReport) =>
  [...checks, ...signatures.flatMap((one) => one.checks)].flatMap(({ outcome, reason }) =>
    outcome === 'failed' || outcome === 'undecided' ? [reason] : [],
  );

describe('a signed message', () => {
  it.each(['DER', 'PEM'] as const)('in %s says who signed what it holds', async (form) => {
    const report = await verified(await written('contract.pdf.p7m', messageOf(CONTRACT, [ada], { form })));
    expect(report).toMatchObject({
      verdict: 'valid',
      container: { kind: 'enveloping', files: [{ name: 'contract.pdf', bytes: CONTRACT.length }] },
      signatures: [{ signer: 'Ada', verdict: 'valid', level: 'B-B', signedFiles: ['contract.pdf'] }],
    });
  });

  it('as base64 alone, and as BER in pieces, is the same message', async () => {
    const message = messageOf(CONTRACT, [ada]);
    const base64 = Buffer.from(message.toString('base64').replaceAll(/(.{76})/g, '$1\r\n'));
    const streamed = messageOf(CONTRACT, [ada], { further: ['-stream'] });
    for (const bytes of [base64, streamed])
      expect(await verified(await written('a.p7m', bytes))).toMatchObject({ verdict: 'valid' });
  });

  it('of several signers is judged signer by signer', async () => {
    const path = await written('contract.pdf.p7m', messageOf(CONTRACT, [ada, bea]));
    const { signatures } = await verified(path);
    expect(signatures.map(({ signer, field }) => [signer, field]).sort()).toEqual([
      ['Ada', expect.stringContaining('contract.pdf.p7m, ')],
      ['Bea', expect.stringContaining('contract.pdf.p7m, ')],
    ]);
    const onlyAda = await verifyContainer(path, trusting(ada));
    expect(onlyAda?.verdict).toBe('undecided');
    expect(onlyAda?.signatures.filter(({ verdict }) => verdict === 'valid')).toHaveLength(1);
  });

  it('around another one is judged with it, and its document comes out of both', async () => {
    const path = await written('contract.pdf.p7m.p7m', messageOf(messageOf(CONTRACT, [ada]), [bea]));
    const report = await verified(path);
    expect(report.verdict).toBe('valid');
    expect(report.signatures.map(({ signer }) => signer)).toEqual(['Bea', 'Ada']);
    expect(report.container?.files).toMatchObject([{ name: 'contract.pdf', bytes: CONTRACT.length }]);
    const [inside = ''] = await unpackContainer({ path, folder: join(path, '..') });
    expect(basename(inside)).toBe('contract.pdf');
    expect(await readFile(inside)).toEqual(CONTRACT);
  });

  it('beside its document covers that document, and nothing when it stands alone', async () => {
    const path = await written('contract.pdf.p7s', messageOf(CONTRACT, [ada], { detached: true }));
    const alone = await verified(path);
    expect(alone).toMatchObject({ verdict: 'undecided', signatures: [{ signer: 'Ada' }] });
    expect(flawsIn(alone)).toEqual(['contentMissing', 'contentMissing']);
    await writeFile(join(path, '..', 'contract.pdf'), CONTRACT);
    expect(await verified(path)).toMatchObject({ verdict: 'valid', container: { kind: 'detached' } });
    await writeFile(join(path, '..', 'contract.pdf'), ANNEX);
    expect(await verified(path)).toMatchObject({ verdict: 'invalid' });
  });

  it('inside another one never reads a file beside it', async () => {
    const detached = messageOf(CONTRACT, [ada], { detached: true });
    const path = await written('contract.pdf.p7s.p7m', messageOf(detached, [bea]));
    await writeFile(join(path, '..', 'contract.pdf'), CONTRACT);
    expect(flawsIn(await verified(path))).toContain('contentMissing');
  });

  it('is a PDF where it is called one: viewers would show what they find behind it', async () => {
    expect(
      await verifyContainer(await written('a.pdf', messageOf(CONTRACT, [ada])), trusting(ada)),
    ).toBeUndefined();
  });

  it('of which any byte was changed is never valid for another content', async () => {
    const message = messageOf(CONTRACT, [ada]);
    const at = message.indexOf(CONTRACT);
    const path = await written('a.p7m', message);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: CONTRACT.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (offset, flipped) => {
          const changed = Buffer.from(message);
          changed[at + offset] = (changed[at + offset] ?? 0) ^ flipped;
          await writeFile(path, changed);
          expect((await verified(path)).verdict).toBe('invalid');
        },
      ),
      { numRuns: 60 },
    );
  });

  it('that is cut anywhere is named, and ends nothing', async () => {
    const message = messageOf(CONTRACT, [ada]);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 40, max: message.length - 1 }), async (length) => {
        const report = await verified(await written('a.p7m', message.subarray(0, length)));
        expect(report.verdict).toBe('invalid');
      }),
      { numRuns: 40 },
    );
  });

  it('of more than 64 MB is left to others, and not called damaged', async () => {
    const message = messageOf(CONTRACT, [ada]);
    const report = await verified(
      await written('a.p7m', Buffer.concat([message, Buffer.alloc(65 * 1024 * 1024)])),
    );
    expect(report.verdict).toBe('undecided');
    expect(flawsIn(report)).toEqual(['overTheBound']);
  });

  it('without signers is not signed; encrypted, or signed as XML, it is named', async () => {
    const certificates = openssl(
      ...['crl2pkcs7', '-nocrl', '-outform', 'PEM', '-certfile'],
      await written('ada.pem', Buffer.from(toPem(ada.signer.certificate.der))),
    );
    const without = verified(await written('a.p7m', Buffer.from(certificates)));
    await expect(without).rejects.toMatchObject({ code: 'OSS_PDF_NO_SIGNATURE' });
    const xml = '<a xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:Signature/></a>';
    const named = await verified(await written('a.xml', Buffer.from(xml)));
    expect(named).toMatchObject({ verdict: 'undecided', container: { kind: 'xml' } });
    const html = verified(await written('a.html', Buffer.from('<html>no signature</html>')));
    await expect(html).rejects.toMatchObject({ code: 'OSS_PDF_NOT_A_PDF' });
    const enveloped = Buffer.from('3080' + '06092a864886f70d010703' + 'a080', 'hex');
    expect(await verified(await written('a.p7m', enveloped))).toMatchObject({
      verdict: 'undecided',
      container: { kind: 'encrypted' },
    });
  });
});

describe('a container of signed files', () => {
  const files = [file('contract.pdf'), file('annexes/ánnex.txt', ANNEX)];

  it('says who signed which of its files', async () => {
    const path = await written('a.asice', asicE({ files, signatories: [ada] }));
    const report = await verified(path);
    expect(report).toMatchObject({
      verdict: 'valid',
      container: { kind: 'asic', files: [{ name: 'contract.pdf' }, { name: 'annexes/ánnex.txt' }] },
      signatures: [{ signer: 'Ada', signedFiles: ['contract.pdf', 'annexes/ánnex.txt'] }],
    });
    expect(etsiReport(report)).toContain('mainindication:total-passed');
    const out = await mkdtemp(join(folder, 'out-'));
    await unpackContainer({ path, folder: out });
    expect((await readdir(out)).sort()).toEqual(['contract.pdf', 'ánnex.txt']);
  });

  it('gives its files out whatever their size, and nothing of one that is damaged', async () => {
    const large = Buffer.alloc(17 * 1024 * 1024, 'large ');
    const container = asicS(file('large.txt', large), [ada]);
    const folderOf = async (bytes: Buffer) => {
      const out = await mkdtemp(join(folder, 'out-'));
      const path = await written('large.asics', bytes);
      return { out, done: unpackContainer({ path, folder: out }) };
    };
    const whole = await folderOf(container);
    const [inside = ''] = await whole.done;
    expect((await readFile(inside)).equals(large)).toBe(true);
    const deflated = deflateRawSync(large);
    const ending = [
      { ...file('a.txt', deflated.subarray(0, 5000)), method: 8, saidBytes: large.length },
      signature,
    ];
    for (const bytes of [zipOf(ending), withFlippedByte(zipOf([file('a.txt', CONTRACT), signature]))]) {
      const damaged = await folderOf(bytes);
      await expect(damaged.done).rejects.toMatchObject({ code: 'OSS_REQUEST_INVALID' });
      expect(await readdir(damaged.out)).toEqual([]);
    }
  });
  const signature = file('META-INF/signature.p7s', ANNEX);
  function withFlippedByte(bytes: Buffer): Buffer {
    const at = bytes.indexOf(CONTRACT);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    return bytes;
  }

  it('of one file needs no manifest', async () => {
    expect(await verified(await written('a.asics', asicS(file('contract.pdf'), [ada, bea])))).toMatchObject({
      verdict: 'valid',
      signatures: [{ signedFiles: ['contract.pdf'] }, { signedFiles: ['contract.pdf'] }],
    });
  });

  const wrong = (name: string) => (one: { name: string; bytes: Uint8Array }) =>
    one.name === name ? Buffer.alloc(32) : Buffer.alloc(32, 1);
  it.each<[what: string, make: () => Buffer, verdict: string, reason: string]>([
    [
      'another file than the manifest says',
      () => asicE({ files, signatories: [ada], digestOf: wrong('contract.pdf') }),
      'invalid',
      'hashMismatch',
    ],
    [
      'a file that nobody signed',
      () => asicE({ files, signatories: [ada], leaveOut: ['annexes/ánnex.txt'] }),
      'undecided',
      'fileNotSigned',
    ],
    [
      'a second file beside a signature without manifest',
      () => asicS(file('contract.pdf'), [ada], [file('other.pdf', ANNEX)]),
      'undecided',
      'contentMissing',
    ],
    [
      'two manifests for one signature',
      () =>
        asicE({
          files,
          signatories: [ada],
          further: [
            file(
              'META-INF/ASiCManifest002.xml',
              Buffer.from(
                '<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#"><asic:SigReference URI="META-INF/signature001.p7s"/></asic:ASiCManifest>',
              ),
            ),
          ],
        }),
      'undecided',
      'contentMissing',
    ],
    [
      'two files of one name',
      () => asicE({ files, signatories: [ada], further: [file('contract.pdf', ANNEX)] }),
      'invalid',
      'unreadable',
    ],
    [
      'a file that calls itself otherwise than the directory does',
      () => asicE({ files: [{ ...file('contract.pdf'), localName: 'contracu.pdf' }], signatories: [ada] }),
      'invalid',
      'unreadable',
    ],
    [
      'a file that leads out of the container',
      () => asicE({ files: [file('../contract.pdf')], signatories: [ada] }),
      'invalid',
      'unreadable',
    ],
    [
      'a file that says it is larger than all that may be',
      () => asicE({ files: [{ ...file('contract.pdf'), saidBytes: 0xfffffffe }], signatories: [ada] }),
      'invalid',
      'unreadable',
    ],
    [
      'XML signatures',
      () => zipOf([mimetype, file('contract.pdf'), file('META-INF/signatures001.xml', ANNEX)]),
      'undecided',
      'unsupportedFormat',
    ],
    [
      'time stamps alone',
      () => zipOf([mimetype, file('contract.pdf'), file('META-INF/timestamp.tst', ANNEX)]),
      'undecided',
      'onlyTimestamps',
    ],
  ])('with %s is not valid', async (_, make, verdict, reason) => {
    const report = await verified(await written('a.asice', make()));
    expect(report.verdict).toBe(verdict);
    expect(flawsIn(report)).toContain(reason);
  });

  it('of which any byte of its files was changed is never valid', async () => {
    const container = asicE({ files, signatories: [ada] });
    const at = container.indexOf(CONTRACT);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: CONTRACT.length - 1 }), async (offset) => {
        const changed = Buffer.from(container);
        changed[at + offset] = (changed[at + offset] ?? 0) ^ 1;
        expect((await verified(await written('a.asice', changed))).verdict).toBe('invalid');
      }),
      { numRuns: 20 },
    );
  });

  it('that is any other ZIP is no signed file', async () => {
    const office = zipOf([file('[Content_Types].xml', ANNEX), file('word/document.xml', ANNEX)]);
    await expect(verified(await written('a.docx', office))).rejects.toMatchObject({
      code: 'OSS_PDF_NOT_A_PDF',
    });
  });
});

describeWithJudge('DSS', 'DSS, about the same files', () => {
  it('says the same of each', async () => {
    const made: [name: string, bytes: Buffer][] = [
      ['contract.pdf.p7m', messageOf(CONTRACT, [ada])],
      ['two.p7m', messageOf(CONTRACT, [ada, bea])],
      ['armoured.p7m', messageOf(CONTRACT, [ada], { further: ['-stream'] })],
      ['e.asice', asicE({ files: [file('contract.pdf'), file('annex.txt', ANNEX)], signatories: [ada] })],
      ['s.asics', asicS(file('contract.pdf'), [ada])],
      [
        'changed.asice',
        asicE({ files: [file('contract.pdf')], signatories: [ada], digestOf: () => Buffer.alloc(32) }),
      ],
    ];
    const changed = messageOf(CONTRACT, [ada]);
    changed[changed.indexOf(CONTRACT)] = 0x20;
    made.push(['changed.p7m', changed]);
    const paths = await Promise.all(made.map(([name, bytes]) => written(name, bytes)));
    const anchors = await written(
      'anchors.pem',
      Buffer.from([ada, bea].map(({ root }) => toPem(root.certificate.der)).join('')),
    );
    // Nobody revokes here; DSS asks for the data nevertheless, and for nothing else.
    const NO_REVOCATION_DATA = 'CERTIFICATE_CHAIN_GENERAL_FAILURE';
    const wordOf = ({ indication, subIndication }: DssSignature): string =>
      indication === 'TOTAL_PASSED' || subIndication === NO_REVOCATION_DATA
        ? 'valid'
        : indication === 'TOTAL_FAILED'
          ? 'invalid'
          : 'undecided';
    const theirs = await judgeDss(
      paths.map((path) => ({ path })),
      anchors,
      { online: false },
    );
    for (const [index, path] of paths.entries()) {
      const ours = await verified(path);
      const said = theirs[index]?.signatures.map((one) => [wordOf(one), one.level]);
      expect([basename(path), said]).toEqual([
        basename(path),
        ours.signatures.map(({ verdict, level }) => [verdict, `CAdES-BASELINE-${level.slice(2)}`]),
      ]);
    }
  });
});
