/** Everything that the signing path does with a document that somebody brings. */
import { OssError } from '../../src/contract/errors.ts';
import {
  changesAfter,
  describeDocument,
  inspectForSigning,
  listSignatures,
  memorySource,
  openPdf,
  planDocumentTimestamp,
  planRepair,
  planSignatureUpdate,
  readValidationData,
} from '../../src/pdf/index.ts';

export type Outcome = 'signable' | 'refused';

const EPOCH = new Date(0);
const noRandomBytes = (size: number): Uint8Array => new Uint8Array(size);

/** Throws whatever is no typed refusal. */
export async function exercise(bytes: Uint8Array, password: string | undefined): Promise<Outcome> {
  try {
    await signThrough(bytes, password);
    return 'signable';
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    if (thrown.code !== 'OSS_PDF_XREF_DAMAGED') return 'refused';
  }
  try {
    const options = { randomBytes: noRandomBytes, ...(password === undefined ? {} : { password }) };
    const repair = await planRepair(memorySource(bytes), options);
    await signThrough(Buffer.concat([bytes, repair]), password);
    return 'signable';
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    return 'refused';
  }
}

const isRefusal = (thrown: unknown): thrown is OssError =>
  thrown instanceof OssError && thrown.code !== 'OSS_INTERNAL';

async function signThrough(bytes: Uint8Array, password: string | undefined): Promise<void> {
  const access = password === undefined ? {} : { password };
  const document = await openPdf(memorySource(bytes), access);
  for (const { revisionEnd } of await listSignatures(document)) {
    if (revisionEnd !== undefined) await changesAfter(document, revisionEnd).catch(rethrowUnlessRefusal);
  }
  await readValidationData(document).catch(rethrowUnlessRefusal);
  const inspection = await inspectForSigning(document);
  await describeDocument(document, inspection, { maxObjects: 500 });
  await planDocumentTimestamp(document, { contentsCapacity: 10, randomBytes: noRandomBytes });
  const [field] = inspection.emptySignatureFields;
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
