/** The purpose-built reader and appender of the signing path: reads by position, never rewrites a byte. */

export type { Ink } from './append/appearance/ink.ts';
export { type AppearancePreview, drawPreview } from './append/appearance/preview.ts';
export { planDocumentTimestamp } from './append/document-timestamp.ts';
export type { FutureField } from './append/future-fields.ts';
export { type OfferedField, offeredFields } from './append/offered-fields.ts';
export { planSignatureUpdate, type SignatureFieldOptions, type VisibleSignature } from './append/plan.ts';
export type { SignatureUpdate } from './append/signature-update.ts';
export { planValidationData } from './append/validation-data.ts';
export {
  appendUpdate,
  copyHashed,
  embedContents,
  type WriteOptions,
  writeFully,
} from './append/write-update.ts';
export { eachBlock } from './blocks.ts';
export { type ByteSource, extendedSource, memorySource } from './byte-source.ts';
export { changesAfter } from './difference/changes-after.ts';
export type { SignatureRules } from './difference/comparison.ts';
export { type VisiblePlace, visiblePlaces } from './difference/visible-places.ts';
export { type FileSource, openFileSource, sourceOfHandle } from './file-source.ts';
export { describeDocument } from './preflight/describe-document.ts';
export { inspectForSigning, type PdfInspection } from './preflight/inspect.ts';
export { openPdf, type PdfDocument } from './read/document.ts';
export { readDocumentInformation } from './read/document-information.ts';
export { type PdfPage, type Rectangle, shownBox } from './read/page-tree.ts';
export { signatureRectangles } from './read/signature-widgets.ts';
export { assertRegular, openRegularFile } from './regular-file.ts';
export { planRepair } from './repair/plan-repair.ts';
export { type DigestAlgorithm, digestByteRange } from './signatures/digest.ts';
export type { ByteRange, PdfSignature } from './signatures/list-signatures.ts';
export {
  isOfItsRevision,
  listSignatures,
  readOwnSignatures,
  type SignatureCopy,
} from './signatures/own-signatures.ts';
export { vanishedSignatures } from './signatures/revisions.ts';
export type { Certification } from './signatures/seed-values.ts';
export { SharedDigests } from './signatures/shared-digests.ts';
export type { DocMdpPermission, FieldLock } from './signatures/transform.ts';
export {
  readFurtherValidationData,
  readValidationData,
  type ValidationData,
} from './signatures/validation-data.ts';
export { parsePdfDate } from './syntax/date.ts';
