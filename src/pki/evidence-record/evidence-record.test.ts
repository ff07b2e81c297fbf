import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  AUTHORITY_EXTENSIONS,
  makeCertificate,
  type TestAuthority,
  TSA_EXTENSIONS,
} from '../../../test/support/pki-hierarchy.ts';
import {
  type ArchiveTimestampChain,
  archiveTimestamp,
  buildTimestampToken,
  digest,
  encodeEvidenceRecord,
  HashTree,
  leafOf,
  messageImprint,
  PkiError,
  parseCertificate,
  parseEvidenceRecord,
  verifyEvidenceRecord,
} from '../index.ts';
import type { StampDigest } from '../timestamp/request.ts';
import { rootOf } from './hash-tree.ts';

const year = (number: number): Date => new Date(`${number}-06-01T00:00:00Z`);

let root: TestAuthority;
/** Each valid for ten years. */
let units: ReadonlyMap<number, TestAuthority>;
beforeAll(async () => {
  root = await makeCertificate({
    commonName: 'Root',
    extensions: AUTHORITY_EXTENSIONS,
    notAfter: year(2090),
  });
  const made = [2026, 2034, 2042].map(async (from) => {
    const validity = { notBefore: year(from - 1), notAfter: year(from + 9) };
    const about = { commonName: `TSA ${from}`, issuer: root, extensions: TSA_EXTENSIONS };
    return [from, await makeCertificate({ ...about, ...validity })] as const;
  });
  units = new Map(await Promise.all(made));
});

async function stamp(imprint: Uint8Array, hash: StampDigest, at: number): Promise<Uint8Array> {
  const unit = units.get(at);
  if (!unit) throw new Error('no such unit');
  const { certificate, signer } = unit;
  return buildTimestampToken(
    {
      ...{ policy: '1.2.3', imprint: messageImprint(imprint, hash), serialNumber: Uint8Array.of(1) },
      ...{ genTime: year(at), nonce: undefined, embedCertificates: true, accuracySeconds: 1 },
      ...{ certificate: certificate.der, chain: [] },
    },
    signer,
  );
}

/** One time stamp over all leaves. */
async function stampAll(leaves: readonly Uint8Array[], hash: StampDigest, at: number) {
  const tree = new HashTree(leaves, hash);
  const token = await stamp(tree.root, hash, at);
  return leaves.map((_, index) => archiveTimestamp(tree.reducedFor(index), token, hash));
}

const documents = Array.from({ length: 7 }, (_, index) => Buffer.from(`document ${index}`));

/** 2026 with SHA-256, renewed in 2034, and in 2042 with SHA-512: one time stamp each for all documents. */
async function threeTimes(): Promise<ArchiveTimestampChain[][]> {
  const first = await stampAll(
    documents.map((one) => digest('sha256', one)),
    'sha256',
    2026,
  );
  const renewed = await stampAll(
    first.map(({ token }) => digest('sha256', token)),
    'sha256',
    2034,
  );
  const chains = first.map((one, index) => [[one, ...renewed.slice(index, index + 1)]]);
  const leaves = documents.map((one, index) => leafOf(digest('sha512', one), chains[index] ?? [], 'sha512'));
  const rehashed = await stampAll(leaves, 'sha512', 2042);
  return chains.map((earlier, index) => [...earlier, rehashed.slice(index, index + 1)]);
}

function verdict(der: Uint8Array, document: Uint8Array, at: Date): string {
  try {
    const stamps = verifyEvidenceRecord(parseEvidenceRecord(der), {
      hashOf: (hash) => digest(hash, document),
      ...{ anchors: [root.certificate], at, readCertificate: parseCertificate },
    });
    return stamps.map(({ genTime }) => genTime.getUTCFullYear()).join();
  } catch (error) {
    if (error instanceof PkiError) return error.reason;
    throw error;
  }
}

it('any leaf of any tree leads to its root, and nothing else does', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), (size, seed) => {
      const leaves = Array.from({ length: size }, (_, index) =>
        digest('sha256', Buffer.from(`${seed} ${index}`)),
      );
      const tree = new HashTree(leaves, 'sha256');
      for (const [index, leaf] of leaves.entries()) {
        const reduced = tree.reducedFor(index);
        expect(Buffer.compare(rootOf(leaf, reduced, 'sha256'), tree.root)).toBe(0);
        expect(reduced.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)));
        if (size > 1)
          expect(() => rootOf(digest('sha256', leaf), reduced, 'sha256')).toThrow('another object');
      }
    }),
  );
});

describe('an evidence record', () => {
  it('of one document among many holds for decades, over renewals and another hash', async () => {
    for (const [index, chains] of (await threeTimes()).entries()) {
      const document = documents[index] ?? Buffer.of();
      const der = encodeEvidenceRecord(chains);
      expect(verdict(der, document, year(2049))).toBe('2026,2034,2042');
      expect(verdict(der, document, year(2055))).toBe('certificate-outside-validity');
      expect(verdict(der, Buffer.from('another'), year(2049))).toBe('timestamp-imprint-mismatch');
    }
  });

  it('does not hold without one of its renewals, or in another order', async () => {
    const [chains = []] = await threeTimes();
    const [[first, second] = [], [third] = []] = chains;
    if (!(first && second && third)) throw new Error('three time stamps');
    const [document = Buffer.of()] = documents;
    const judge = (...parts: ArchiveTimestampChain[]) =>
      verdict(encodeEvidenceRecord(parts), document, year(2049));
    expect(judge([first, second])).toBe('certificate-outside-validity');
    expect(judge([first], [third])).toBe('timestamp-imprint-mismatch');
    expect(judge([second, first], [third])).toBe('timestamp-imprint-mismatch');
    expect(judge([third])).toBe('timestamp-imprint-mismatch');
  });

  it('does not hold where any byte of it is another one', async () => {
    const [chains = []] = await threeTimes();
    const der = Buffer.from(encodeEvidenceRecord(chains));
    const [document = Buffer.of()] = documents;
    const until = year(2049);
    // The list of algorithms in front repeats what the time stamps say (RFC 4998 §3.1).
    const listed = 40;
    fc.assert(
      fc.property(
        fc.integer({ min: listed, max: der.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (at, mask) => {
          const forged = Buffer.from(der);
          forged.writeUInt8(forged.readUInt8(at) ^ mask, at);
          // What nobody signs in a token, such as its unused certificates, may be another one, but never the times.
          expect(['2026,2034,2042']).not.toContain(verdict(forged, Buffer.from('another'), until));
          const found = verdict(forged, document, until);
          expect(found === '2026,2034,2042' || !/^\d/.test(found)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
