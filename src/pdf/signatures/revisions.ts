/** Signatures in the versions that a file had one after the other. */
import { OssError } from '../../contract/errors.ts';
import type { PdfDocument } from '../read/document.ts';
import { listSignatures, type PdfSignature } from './list-signatures.ts';

/** Older versions than this many are not looked at: a hostile file has thousands. */
const MAX_VERSIONS = 256;

/**
 * Whether the version that a signature covers is a document and contains it: a range may end anywhere, and a value may
 * have been moved into a later version (signature wrapping).
 */
export async function isOfItsRevision(document: PdfDocument, signature: PdfSignature): Promise<boolean> {
  const { revisionEnd, coversWholeFile } = signature;
  if (coversWholeFile) return true;
  if (revisionEnd === undefined) return false;
  const signed = await signaturesIn(() => document.openRevision(revisionEnd));
  return signed?.some((one) => isSame(one, signature)) ?? false;
}

/** Names of fields whose signature an earlier version had and the present one does not. */
export async function vanishedSignatures(
  document: PdfDocument,
  present: readonly PdfSignature[],
): Promise<string[]> {
  const vanished: PdfSignature[] = [];
  const known = new Set(present.map(keyOf));
  const versions = Math.min(document.xref.links.length, MAX_VERSIONS);
  for (let newer = 1; newer < versions; newer += 1) {
    const earlier = await signaturesIn(() => document.openEarlier(newer));
    for (const signature of earlier ?? []) {
      if (known.has(keyOf(signature))) continue;
      known.add(keyOf(signature));
      vanished.push(signature);
    }
  }
  return vanished.map(({ fieldName }) => fieldName);
}

/** What tells one signature from another; comparing each with each would take the square of their number. */
const keyOf = ({ byteRange, contents }: PdfSignature): string =>
  `${byteRange} ${Buffer.from(contents.buffer, contents.byteOffset, contents.length).toString('latin1')}`;

const isSame = (a: PdfSignature, b: PdfSignature): boolean =>
  String(a.byteRange) === String(b.byteRange) && Buffer.compare(a.contents, b.contents) === 0;

/** Undefined where there is no document, as at one half of the cross-reference of a linearized file. */
async function signaturesIn(open: () => Promise<PdfDocument>): Promise<readonly PdfSignature[] | undefined> {
  try {
    return await listSignatures(await open());
  } catch (error) {
    if (error instanceof OssError && error.code !== 'OSS_FILE_CHANGED') return undefined;
    throw error;
  }
}
