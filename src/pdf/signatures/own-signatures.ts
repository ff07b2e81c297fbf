/** One value, one field, one revision: a signature counts once, for the field that had it in the revision it closes. */
import { OssError } from '../../contract/errors.ts';
import type { PdfDocument } from '../read/document.ts';
import { type PdfSignature, readSignatureFields } from './list-signatures.ts';

/** A field that shows the value of another one and has no signature of its own. */
export interface SignatureCopy {
  readonly fieldName: string;
  /** The field that was signed. */
  readonly original: string;
  /** It had the value already in the signed revision: the signer closed both. Otherwise it came afterwards. */
  readonly wasSigned: boolean;
}

export interface OwnSignatures {
  /** In the order of their revisions. */
  readonly signatures: readonly PdfSignature[];
  readonly copies: readonly SignatureCopy[];
}

/** @throws what reading a document throws. */
export async function readOwnSignatures(document: PdfDocument): Promise<OwnSignatures> {
  const signatures: PdfSignature[] = [];
  const copies: SignatureCopy[] = [];
  for (const group of sharing(await readSignatureFields(document))) {
    const [first, ...others] = group;
    if (!first) continue;
    if (others.length === 0) {
      signatures.push(first);
      continue;
    }
    const signed = await closedTogether(document, group);
    const own = group.find((one) => signed.has(one)) ?? first;
    signatures.push(own);
    for (const one of group) {
      if (one === own) continue;
      copies.push({ fieldName: one.fieldName, original: own.fieldName, wasSigned: signed.has(one) });
    }
  }
  signatures.sort((a, b) => (a.revisionEnd ?? 0) - (b.revisionEnd ?? 0));
  return { signatures, copies };
}

/** Those of a group that had the value in the revision that it closes; each revision is opened once. */
async function closedTogether(
  document: PdfDocument,
  group: readonly PdfSignature[],
): Promise<ReadonlySet<PdfSignature>> {
  const closed = new Set<PdfSignature>();
  for (const end of new Set(group.map(({ revisionEnd }) => revisionEnd))) {
    if (end === undefined) continue;
    const inRevision = await signatureFieldsIn(() => document.openRevision(end));
    const known = new Map((inRevision ?? []).map((one) => [one.fieldName, one]));
    for (const one of group) {
      const then = known.get(one.fieldName);
      if (one.revisionEnd === end && then && isSameValue(then, one)) closed.add(one);
    }
  }
  return closed;
}

/** In the order of their revisions. @throws what reading a document throws. */
export const listSignatures = async (document: PdfDocument): Promise<readonly PdfSignature[]> =>
  (await readOwnSignatures(document)).signatures;

/**
 * Whether the version that a signature covers is a document and contains it in the same field: a range may end anywhere,
 * and a value may have been moved into a later version or shown by another field (signature wrapping).
 */
export async function isOfItsRevision(document: PdfDocument, signature: PdfSignature): Promise<boolean> {
  const { revisionEnd, coversWholeFile } = signature;
  if (coversWholeFile) return true;
  if (revisionEnd === undefined) return false;
  const signed = await signatureFieldsIn(() => document.openRevision(revisionEnd), signature.fieldName);
  return signed?.some((one) => isSameValue(one, signature)) ?? false;
}

/** See `readSignatureFields`. Undefined where there is no document, as at one half of the cross-reference of a linearized file. */
async function signatureFieldsIn(
  open: () => Promise<PdfDocument>,
  fieldName?: string,
): Promise<readonly PdfSignature[] | undefined> {
  try {
    return await readSignatureFields(await open(), fieldName);
  } catch (error) {
    if (error instanceof OssError && error.code !== 'OSS_FILE_CHANGED') return undefined;
    throw error;
  }
}

const isSameValue = (a: PdfSignature, b: PdfSignature): boolean =>
  String(a.byteRange) === String(b.byteRange) && Buffer.compare(a.contents, b.contents) === 0;

/**
 * Fields by the value they hold: one range has one value in its gap. The same bytes under another range are no copy that
 * could verify, and are judged as the signature that they claim to be.
 */
function sharing(signatures: readonly PdfSignature[]): PdfSignature[][] {
  const groups = new Map<string, PdfSignature[]>();
  const single: PdfSignature[][] = [];
  for (const signature of signatures) {
    const range = signature.byteRange && String(signature.byteRange);
    const group = range === undefined ? undefined : groups.get(range);
    if (group) group.push(signature);
    else if (range === undefined) single.push([signature]);
    else groups.set(range, [signature]);
  }
  return [...groups.values(), ...single];
}
