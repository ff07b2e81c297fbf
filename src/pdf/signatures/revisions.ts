/** Signatures in the versions that a file had one after the other. */
import type { PdfDocument } from '../read/document.ts';
import type { PdfSignature } from './list-signatures.ts';
import { signatureFieldsIn } from './own-signatures.ts';

/** Older versions than this many are not looked at: a hostile file has thousands. */
const MAX_VERSIONS = 256;

/** Names of fields whose signature an earlier version had and the present one does not. */
export async function vanishedSignatures(
  document: PdfDocument,
  present: readonly PdfSignature[],
): Promise<string[]> {
  const vanished: PdfSignature[] = [];
  const known = new Set(present.map(keyOf));
  const versions = Math.min(document.xref.links.length, MAX_VERSIONS);
  for (let newer = 1; newer < versions; newer += 1) {
    const earlier = await signatureFieldsIn(() => document.openEarlier(newer));
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
