import { type CaseRecord, signerState } from '../../contract/model/case.ts';
import type { SignatureOptions } from '../../contract/model/transaction.ts';

/** A version of a document that carries one more signature. */
export interface SignedRevision {
  /** Position of the signer. */
  readonly signer: number;
  readonly transaction: string;
  /** Its name in the folder of the transaction. */
  readonly file: string;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** The signed versions of one document in the order in which they were made: each contains the one before. */
export function signedRevisions({ signers, events }: CaseRecord, document: number): SignedRevision[] {
  const settled = events.filter(({ type }) => type === 'settled').map(({ transaction }) => transaction);
  const found = signers.flatMap(({ attempts }, signer) =>
    attempts.flatMap(({ transaction, outcome, documents = [] }): SignedRevision[] => {
      const own = documents.find((one) => one.document === document);
      if (outcome !== 'signed' || own?.file === undefined || own.sha256 === undefined) return [];
      return [{ signer, transaction, file: own.file, sha256: own.sha256 }];
    }),
  );
  return found.sort((a, b) => settled.indexOf(a.transaction) - settled.indexOf(b.transaction));
}

/** Of the empty field in which a signer will sign; it says whose it is, and no author names one like that. */
const fieldOf = (signer: number): string => `CaseSigner${signer + 1}`;

/**
 * How one signer's signature stands in one document. Where the case is certified, the first signature certifies and
 * leaves a field for each one that is to be seen, because nobody may add one afterwards (ISO 32000-2 table 257).
 */
export function optionsFor(
  record: CaseRecord,
  signer: number,
  document: number,
  options: SignatureOptions,
): SignatureOptions {
  const { certification, signers } = record;
  if (certification === undefined) return options;
  const isFirst = signedRevisions(record, document).length === 0;
  if (!isFirst)
    return options.visible && !options.fieldName ? { ...options, fieldName: fieldOf(signer) } : options;
  const futureFields = signers.flatMap((other, index) => {
    if (index === signer || signerState(other) === 'signed') return [];
    const own = other.documents.find((one) => one.document === document)?.options;
    if (!own?.visible || own.fieldName !== undefined) return [];
    return [{ name: fieldOf(index), page: own.visible.page, rectangle: own.visible.rectangle }];
  });
  return { ...options, certify: certification, ...(futureFields.length > 0 && { futureFields }) };
}
