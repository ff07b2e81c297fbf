/** What a file brings along for its own validation: document time stamps and validation data. */
import {
  type PdfDocument,
  type PdfSignature,
  readFurtherValidationData,
  readValidationData,
} from '../../../pdf/index.ts';
import {
  type Certificate,
  type CertificateCache,
  CertificatePool,
  embeddedRevocation,
  OID,
  PkiError,
  type ProvenMaterial,
  parseForeignSignedData,
  type VerifiedTimestamp,
} from '../../../pki/index.ts';
import type { DigestRange } from '../envelope/envelope.ts';
import type { PathOptions } from '../envelope/path-options.ts';
import { type JudgedDocumentTimestamp, judgeDocumentTimestamp } from './document-timestamps.ts';
import { MAX_TOKENS } from './token-limit.ts';

/** A document time stamp that verifies. */
export interface TimeProof {
  /** The first byte that it does not cover. */
  readonly revisionEnd: number;
  readonly timestamp: VerifiedTimestamp;
  /** The validation data that it covers. */
  readonly material: ProvenMaterial | undefined;
  /** It is beside the file, not in it: no level rests on it. */
  readonly isOutside?: true;
}

/** All that a file brings for its own validation, and what was kept beside it. */
export interface OfferedMaterial {
  /** The last time stamp of an evidence record beside the file, on which everything rests. */
  readonly outside?: VerifiedTimestamp;
  /** In the order of their revisions. */
  readonly documentTimestamps: readonly JudgedDocumentTimestamp[];
  /** Those of them that verify. */
  readonly proofs: readonly TimeProof[];
  /** Certificates beside those in the signatures: of the document security store, and what the caller added. */
  readonly pool: CertificatePool;
  /** Its revocation data as each proof covers it, oldest first, and as it is now. */
  readonly materials: readonly ProvenMaterial[];
  /** What else it holds: in signature values and in the stores of earlier versions. No level rests on it. */
  readonly furtherMaterials: readonly ProvenMaterial[];
}

export async function readOfferedMaterial(
  pdf: PdfDocument,
  signatures: readonly PdfSignature[],
  options: PathOptions & {
    readonly digestRange: DigestRange;
    readonly pool: readonly Certificate[];
    /** Of an evidence record: all of the file existed at the time of the first. */
    readonly record?: { readonly first: VerifiedTimestamp; readonly last: VerifiedTimestamp } | undefined;
  },
): Promise<OfferedMaterial> {
  const store = await readValidationData(pdf);
  const further = await readFurtherValidationData(pdf);
  const stored = [store, ...further].flatMap((one) => one?.certificates ?? []);
  const pool = new CertificatePool([...readCertificates(stored, options.certificates), ...options.pool]);
  const { record } = options;
  let at = record?.first.genTime ?? options.at;
  const presentAt = at;
  const materials: ProvenMaterial[] = store ? [{ ...store, knownAt: presentAt }] : [];
  const documentTimestamps: JudgedDocumentTimestamp[] = [];
  const proofs: TimeProof[] = record
    ? [
        {
          ...{ revisionEnd: Number.POSITIVE_INFINITY, timestamp: record.first },
          ...{ material: undefined, isOutside: true },
        },
      ]
    : [];
  const provenTimeOf = (end: number | undefined): Date =>
    proofOver({ proofs }, end)?.timestamp.genTime ?? presentAt;
  const inSignatures = signatures.map((one) => ({
    ...inSignature(one, options.certificates),
    end: one.revisionEnd,
  }));
  const furtherMaterials = (): ProvenMaterial[] =>
    [
      ...further.map((material) => ({ ...material, knownAt: presentAt })),
      ...inSignatures.map(({ end, ...material }) => ({ ...material, knownAt: provenTimeOf(end) })),
    ].filter(({ crls, ocspResponses }) => crls.length + ocspResponses.length > 0);
  for (const signature of signatures.filter(({ kind }) => kind === 'documentTimeStamp').toReversed()) {
    const judged = await judgeDocumentTimestamp(pdf, signature, {
      ...options,
      at,
      pool,
      now: options.at,
      materials: [...materials, ...furtherMaterials()],
    });
    documentTimestamps.unshift(judged);
    const { verified: timestamp } = judged;
    const { revisionEnd } = signature;
    if (!timestamp || revisionEnd === undefined) continue;
    at = timestamp.genTime;
    const covered = await readValidationData(await pdf.openRevision(revisionEnd));
    const material = covered && { ...covered, knownAt: at };
    if (material) materials.unshift(material);
    proofs.unshift({ revisionEnd, timestamp, material });
  }
  return {
    ...{ documentTimestamps, proofs, pool, materials, furtherMaterials: furtherMaterials() },
    ...(record && { outside: record.last }),
  };
}

/** Nothing of a signature that cannot be read: its own check says so. */
function inSignature(
  { contents }: PdfSignature,
  { read }: CertificateCache,
): ReturnType<typeof embeddedRevocation> {
  try {
    const signedData = parseForeignSignedData(contents, read);
    const tokens = signedData.signer.unsignedAttributes.get(OID.signatureTimeStamp) ?? [];
    const found = [
      signedData,
      ...tokens.slice(0, MAX_TOKENS).map((token) => parseForeignSignedData(token, read)),
    ];
    const embedded = found.map(embeddedRevocation);
    return {
      crls: embedded.flatMap(({ crls }) => crls),
      ocspResponses: embedded.flatMap(({ ocspResponses }) => ocspResponses),
    };
  } catch (error) {
    if (error instanceof PkiError) return { crls: [], ocspResponses: [] };
    throw error;
  }
}

/** The first proof that everything up to `end` existed. */
export const proofOver = (
  { proofs }: Pick<OfferedMaterial, 'proofs'>,
  end: number | undefined,
): TimeProof | undefined =>
  end === undefined ? undefined : proofs.find(({ revisionEnd }) => revisionEnd > end);

/** A value that is no certificate we can read helps nobody and hinders nobody. */
function readCertificates(ders: readonly Uint8Array[], certificates: CertificateCache): Certificate[] {
  return ders.flatMap((der) => {
    try {
      return [certificates.read(der)];
    } catch (error) {
      if (error instanceof PkiError) return [];
      throw error;
    }
  });
}
