import type { Check } from '../../../contract/model/verification.ts';
import { changesAfter, type PdfDocument, type PdfSignature } from '../../../pdf/index.ts';
import { failed, passed, undecided } from './verdict.ts';

/** The ByteRange leaves out exactly the /Contents string and nothing else (ISO 32000-2 §12.8.1, PA-02). */
export function coverageCheck(signature: PdfSignature): Check {
  if (!signature.byteRange) return failed('coverage', 'The signature does not say which bytes it covers.');
  if (!signature.isGapExact) {
    return failed('coverage', 'The signature leaves out more of the file than its own value.');
  }
  if (!signature.isPaddingZero)
    return failed('coverage', 'Foreign data is hidden behind the signature value.');
  return passed(
    'coverage',
    signature.coversWholeFile
      ? 'The signature covers the whole file.'
      : 'The signature covers a whole earlier version of the file.',
  );
}

/** What was added after the signature: further signatures and time stamps are expected, anything else is named. */
export async function changesCheck(pdf: PdfDocument, signature: PdfSignature): Promise<Check> {
  if (signature.coversWholeFile) return passed('changes', 'Nothing was changed after signing.');
  if (signature.revisionEnd === undefined)
    return failed('changes', 'What was changed after signing cannot be told.');
  const { allowed, suspicious } = await changesAfter(pdf, signature.revisionEnd);
  if (suspicious.length > 0) {
    return undecided('changes', `The file was changed after signing: ${suspicious.slice(0, 5).join('; ')}.`);
  }
  return passed(
    'changes',
    `After signing only this was added: ${allowed.join('; ') || 'nothing that shows'}.`,
  );
}
