/** Everything that the signing path does with a document that somebody brings. */
import { OssError } from '../../src/contract/errors.ts';
import {
  changesAfter,
  describeDocument,
  inspectForSigning,
  listSignatures,
  memorySource,
  openPdf,
  type PdfDocument,
  type PdfInspection,
  planDocumentTimestamp,
  planRepair,
  planSignatureUpdate,
  readFurtherValidationData,
  readValidationData,
} from '../../src/pdf/index.ts';

export type Outcome = 'signable' | 'refused';

const EPOCH = new Date(0);
const noRandomBytes = (size: number): Uint8Array => new Uint8Array(size);

/** Throws whatever is no typed refusal. `turn` decides which of the longer ways is gone. */
export async function exercise(
  bytes: Uint8Array,
  password: string | undefined,
  turn: number,
): Promise<Outcome> {
  const access = password === undefined ? {} : { password };
  try {
    await read(bytes, access, turn);
    return 'signable';
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    if (thrown.code !== 'OSS_PDF_XREF_DAMAGED') return 'refused';
  }
  try {
    const repair = await planRepair(memorySource(bytes), { randomBytes: noRandomBytes, ...access });
    await read(Buffer.concat([bytes, repair]), access, turn);
    return 'signable';
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    return 'refused';
  }
}

const isRefusal = (thrown: unknown): thrown is OssError =>
  thrown instanceof OssError && thrown.code !== 'OSS_INTERNAL';

type Access = { readonly password?: string };

async function read(bytes: Uint8Array, access: Access, turn: number): Promise<void> {
  const document = await openPdf(memorySource(bytes), access);
  const inspection = await inspectForSigning(document);
  for (const { revisionEnd } of inspection.existingSignatures) {
    if (revisionEnd !== undefined) await changesAfter(document, revisionEnd).catch(rethrowUnlessRefusal);
  }
  if (turn % 3 === 0) await describeDocument(document, inspection, { maxObjects: 200 });
  if (turn % 3 === 1) await signThrough(document, inspection, bytes, access);
  if (turn % 3 === 2) {
    await readValidationData(document);
    await readFurtherValidationData(document);
    await planDocumentTimestamp(document, { contentsCapacity: 10, randomBytes: noRandomBytes });
  }
}

async function signThrough(
  document: PdfDocument,
  { emptySignatureFields: [field] }: PdfInspection,
  bytes: Uint8Array,
  access: Access,
): Promise<void> {
  const update = await planSignatureUpdate(document, {
    claimedSigningTime: EPOCH,
    contentsCapacity: 10,
    randomBytes: noRandomBytes,
    ...(field ? { fieldName: field.name } : {}),
  });
  const signed = await openPdf(memorySource(Buffer.concat([bytes, update.appended])), access);
  const own = (await listSignatures(signed)).find(({ fieldName }) => fieldName === update.fieldName);
  if (!own?.coversWholeFile) throw new Error('the new signature is not found, or does not cover the file');
}

function rethrowUnlessRefusal(thrown: unknown): void {
  if (!isRefusal(thrown)) throw thrown;
}
