import type { Change, Check } from '../../../contract/model/verification.ts';
import {
  changesAfter,
  isOfItsRevision,
  type PdfDocument,
  type PdfSignature,
  type SignatureCopy,
  vanishedSignatures,
} from '../../../pdf/index.ts';
import { failed, none, passed, undecided } from './verdict.ts';

/** The ByteRange leaves out exactly the /Contents string and nothing else (ISO 32000-2 §12.8.1, PA-02). */
export async function coverageCheck(pdf: PdfDocument, signature: PdfSignature): Promise<Check> {
  const flaw = await coverageFlaw(pdf, signature);
  if (flaw !== undefined) return failed('coverage', flaw, 'coverageWrong');
  return passed(
    'coverage',
    signature.coversWholeFile
      ? 'The signature covers the whole file.'
      : 'The signature covers a whole earlier version of the file.',
  );
}

async function coverageFlaw(pdf: PdfDocument, signature: PdfSignature): Promise<string | undefined> {
  if (!signature.byteRange) return 'The signature does not say which bytes it covers.';
  if (!signature.isGapExact) return 'The signature leaves out more of the file than its own value.';
  if (!signature.isPaddingZero) return 'Foreign data is hidden behind the signature value.';
  if (signature.isAmbiguous) return 'The signature says of itself different things to different programs.';
  if (!(await isOfItsRevision(pdf, signature)))
    return 'The version of the file that the signature covers does not contain it.';
  return undefined;
}

/** What was added after the signature: what is permitted is told, anything else decides. `verified`: see `changesAfter`. */
export async function changesCheck(
  pdf: PdfDocument,
  signature: PdfSignature,
  verified?: ReadonlySet<string>,
): Promise<{ readonly check: Check; readonly changes: readonly Change[] }> {
  if (signature.coversWholeFile)
    return { check: passed('changes', 'Nothing was changed after signing.'), changes: [] };
  const { revisionEnd } = signature;
  if (revisionEnd === undefined) {
    const sentence = 'What was changed after signing cannot be told.';
    return { check: failed('changes', sentence, 'coverageWrong'), changes: [] };
  }
  const changes = await changesAfter(pdf, revisionEnd, signature, verified);
  return { check: checkOfChanges(changes), changes };
}

export function checkOfChanges(changes: readonly Change[]): Check {
  const forbidden = changes.filter(({ outcome }) => outcome === 'forbidden');
  if (forbidden.length > 0) {
    const isPermissions = forbidden.every(({ reason }) => reason !== undefined);
    return isPermissions
      ? failed(
          'changes',
          `The file was changed against its author’s will: ${told(forbidden)}`,
          'changeNotPermitted',
        )
      : failed(
          'changes',
          `The file does not show what was signed: ${told(forbidden)}`,
          'signedContentChanged',
        );
  }
  const suspicious = changes.filter(({ outcome }) => outcome === 'suspicious');
  if (suspicious.length > 0) {
    return undecided(
      'changes',
      `The file was changed after signing; look at it: ${told(suspicious)}`,
      'changeSuspicious',
    );
  }
  return passed(
    'changes',
    changes.length === 0
      ? 'After signing nothing that matters was added.'
      : `After signing only this was done: ${told(changes)}`,
  );
}

const TOLD = 5;

function told(changes: readonly Change[]): string {
  const sentences = changes.slice(0, TOLD).map(({ sentence }) => sentence);
  const more = changes.length - sentences.length;
  return [...sentences, ...(more > 0 ? [`${more} more.`] : [])].join(' ');
}

/** Signatures that an earlier version of the file had and this one does not show any more, and fields without a signature of their own. */
export async function historyChecks(
  pdf: PdfDocument,
  signatures: readonly PdfSignature[],
  copies: readonly SignatureCopy[],
): Promise<Check[]> {
  const fields = await vanishedSignatures(pdf, signatures);
  const vanished = fields.map((field) =>
    undecided(
      'changes',
      `An earlier version of the file had a signature “${field}” that this one lacks.`,
      'signatureRemoved',
    ),
  );
  return [...vanished, ...copies.map(copyCheck)];
}

/** One value is one signature; the signer himself may have let it show in a second field. */
const copyCheck = ({ fieldName, original, wasSigned }: SignatureCopy): Check =>
  wasSigned
    ? none(
        'coverage',
        `The field “${fieldName}” shows the signature of “${original}”; both are one signature.`,
        'signatureCopied',
      )
    : failed(
        'coverage',
        `The field “${fieldName}” shows the signature of “${original}”; nobody signed there.`,
        'signatureCopied',
      );
