/** Signatures in the versions that a file had one after the other. */
import type { PdfDocument } from '../read/document.ts';
import type { PdfSignature } from './list-signatures.ts';
import { isSameValue, signatureFieldsIn } from './own-signatures.ts';

/** Older versions than this many are not looked at: a hostile file has thousands. */
const MAX_VERSIONS = 256;

/** Names of fields whose signature an earlier version had and the present one does not. */
export async function vanishedSignatures(
  document: PdfDocument,
  present: readonly PdfSignature[],
): Promise<string[]> {
  const vanished: PdfSignature[] = [];
  const versions = Math.min(document.xref.links.length, MAX_VERSIONS);
  for (let newer = 1; newer < versions; newer += 1) {
    const earlier = await signatureFieldsIn(() => document.openEarlier(newer));
    for (const signature of earlier ?? []) {
      if (![...present, ...vanished].some((one) => isSameValue(one, signature))) vanished.push(signature);
    }
  }
  return vanished.map(({ fieldName }) => fieldName);
}
