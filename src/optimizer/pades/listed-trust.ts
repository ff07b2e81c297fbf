/** What the trusted lists add to a verification: whom else to trust, and the words for what was found. */
import type { Qualification, TimestampQualification } from '../../contract/model/trusted-lists.ts';
import type { VerifiedSignature } from '../../contract/model/verification.ts';
import { type PdfDocument, type PdfSignature, readValidationData } from '../../pdf/index.ts';
import {
  type Certificate,
  type CertificateCache,
  CertificatePool,
  OID,
  PkiError,
  parseForeignSignedData,
  type VerifiedTimestamp,
} from '../../pki/index.ts';
import { assessSignature, assessTimestamp } from '../trusted-lists/assess.ts';
import { anchorsFromLists, isTrustedAt } from '../trusted-lists/list-trust.ts';
import type { TrustedLists } from '../trusted-lists/trusted-lists.ts';
import type { ListedAnchors, PathOptions } from './envelope/path-options.ts';
import type { ChainUse } from './proof/revocation-status.ts';
import { MAX_TOKENS } from './proof/token-limit.ts';

interface TrustGiven {
  readonly anchors: readonly Certificate[];
  readonly trustedLists?: TrustedLists;
  readonly at: Date;
  readonly certificates: CertificateCache;
}

/** The anchors given, and those of the lists that may be about the certificates in the file. */
export async function trustOf(
  pdf: PdfDocument,
  signatures: readonly PdfSignature[],
  given: TrustGiven,
): Promise<Pick<PathOptions, 'anchors' | 'listed'>> {
  return trustAbout(
    given.trustedLists ? await certificatesIn(pdf, signatures, given.certificates) : [],
    given,
  );
}

/** The anchors given, and those of the lists that may be about these certificates. */
export function trustAbout(
  found: readonly Certificate[],
  { anchors, trustedLists, at }: Omit<TrustGiven, 'certificates'>,
): Pick<PathOptions, 'anchors' | 'listed'> {
  const own = new CertificatePool(anchors);
  if (!trustedLists) return { anchors: own };
  const listed: ListedAnchors = {
    anchors: new CertificatePool(anchorsFromLists(trustedLists, found, at)),
    isTrustedAt: (chain, role, time) => isTrustedAt(trustedLists, chain, role, { time, at }),
  };
  return { anchors: own, listed };
}

async function certificatesIn(
  pdf: PdfDocument,
  signatures: readonly PdfSignature[],
  { read }: CertificateCache,
): Promise<Certificate[]> {
  const stored = (await readValidationData(pdf))?.certificates ?? [];
  return [
    ...signatures.flatMap(({ contents }) => certificatesInCms(contents, read)),
    ...stored.flatMap((der) => unlessUnreadable(() => [read(der)])),
  ];
}

const certificatesInCms = (cms: Uint8Array, read: CertificateCache['read']): readonly Certificate[] =>
  unlessUnreadable(() => {
    const { certificates, signer } = parseForeignSignedData(cms, read);
    const tokens = signer.unsignedAttributes.get(OID.signatureTimeStamp) ?? [];
    const inTokens = tokens.slice(0, MAX_TOKENS).flatMap((token) => certificatesInCms(token, read));
    return [...certificates, ...inTokens];
  });

/** The check of a signature says why it cannot be read. */
function unlessUnreadable(read: () => readonly Certificate[]): readonly Certificate[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof PkiError) return [];
    throw error;
  }
}

interface Found {
  readonly verdict: VerifiedSignature['verdict'];
  readonly provenTime: Date | undefined;
  readonly at: Date;
}

/** Nothing where no lists were given. */
export function qualificationsOf(
  uses: readonly ChainUse[],
  { verdict, provenTime, at }: Found,
  lists: TrustedLists | undefined,
): { qualification?: Qualification; timestampQualification?: TimestampQualification } {
  if (!lists) return {};
  const chainOf = (role: ChainUse['role']) => uses.find((use) => use.role === role)?.chain;
  const isValid = verdict === 'valid';
  const usedAt = provenTime ?? at;
  const stamping = chainOf('time-stamp authority');
  return {
    qualification: assessSignature(lists, { chain: chainOf('signer') ?? [], usedAt, at, isValid }),
    ...(stamping && {
      timestampQualification: assessTimestamp(lists, { chain: stamping, usedAt, at, isValid: true }),
    }),
  };
}

/** Of a document time stamp; `stamp`: undefined where it proves nothing. */
export function timestampQualificationOf(
  stamp: VerifiedTimestamp | undefined,
  lists: TrustedLists | undefined,
  at: Date,
): { qualification?: TimestampQualification } {
  if (!lists) return {};
  const found = { chain: stamp?.chain ?? [], usedAt: stamp?.genTime ?? at, at, isValid: stamp !== undefined };
  return { qualification: assessTimestamp(lists, found) };
}
