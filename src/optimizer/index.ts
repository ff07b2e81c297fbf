/** Public surface of the Optimizer: the station, the REST server and the command line import only this. */

export { assertRegular, openRegularFile } from '../pdf/index.ts';
export { openTypefaces } from '../typography/open-typefaces.ts';
export type { AppearanceValues } from './appearance/fill-variables.ts';
export { type PreviewOptions, previewAppearance } from './appearance/preview-appearance.ts';
export { appearanceFromVendor, type VendorFormat } from './appearance/vendor-appearance.ts';
export { type ArchiveOptions, type CareSummary, careForArchive, openLedger } from './archive/archive-care.ts';
export type { LedgerEntry } from './archive/ledger.ts';
export { type ProofOptions, proveFiles, RECORD_SUFFIX } from './archive/prove-files.ts';
export { writeLedger } from './archive/write-ledger.ts';
export { type AugmentDocumentOptions, augmentDocument } from './augment-document.ts';
export type { NewCase, NewCaseSigner } from './case/create-case.ts';
export type { EvidenceCheck, EvidenceFault } from './evidence/check-evidence.ts';
export { EvidenceArchive } from './evidence/evidence-archive.ts';
export { hashOfRecord } from './evidence/evidence-store.ts';
export { exportEvidence, exportedRecords, parseExport } from './evidence/export-evidence.ts';
export { type DocumentMatch, matchDocument } from './evidence/match-document.ts';
export { slotOf } from './journal/slots.ts';
export { describeTrustedLists, refreshTrustedLists } from './list-care/index.ts';
export type { FileAccess, LocatedSignature } from './locate-signature.ts';
export { naming } from './naming.ts';
export { Optimizer } from './optimizer.ts';
export type { OptimizerOptions, ReadableDocument } from './optimizer-options.ts';
export { Connections } from './outbound/connections.ts';
export {
  assertAdmissible,
  GuardedConnections,
  hostKey,
  NotAdmissible,
} from './outbound/guarded-connections.ts';
export { obeySystemProxies, proxyFor } from './outbound/proxies.ts';
export { ProxyFailure } from './outbound/proxy-failure.ts';
export { openTunnel } from './outbound/tunnel.ts';
export { etsiReport } from './pades/report/etsi-report.ts';
export { type VerifyOptions, verifyFile } from './pades/verify-file.ts';
export { type SignableFacts, verdictOn } from './preflight/inspect-file.ts';
export type { ExamineOptions } from './preflight/open-for-signing.ts';
export type { Progress, WorkOptions } from './progress.ts';
export { removeEndedRecords } from './remove-ended-records.ts';
export type { ColourPicture } from './rendering/pdfium.ts';
export { writeEvidenceReport, writeVerificationReport } from './report/index.ts';
export { type OneShotConfig, openSigningService, type SigningServiceConfig } from './signing-service/open.ts';
export type { OfficerCredentials, OutboundCall, SigningService, TlsOptions } from './signing-service/port.ts';
export { type Sources, sourcesFor } from './sources/http-sources.adapter.ts';
export type { TimestampAuthority, ValidationDataSource } from './sources/port.ts';
export type { NewDocument, NewTransaction } from './transaction/create.ts';
export { isSetAside } from './transaction/recover.ts';
export { RecoverySummary } from './transaction/recovery-summary.ts';
export { assertWritableFolder, folderFailure } from './vault/folder.ts';
export { hashFile } from './vault/hash-file.ts';
export { type DirectoryLock, lockDirectory } from './vault/lock.ts';
export { copyToNewFile, writeNewFile } from './vault/new-file.ts';
export { newTransactionId } from './vault/transaction-id.ts';
export { verifyDocument } from './verify-document.ts';
export { type DocumentWork, workInPlace } from './work/document-work.ts';
export { forkWorker } from './work/fork-worker.ts';
export { onBehalfOf } from './work/work-owner.ts';
export { type PoolOptions, WorkerPool } from './work/worker-pool.ts';
export type { StartWorker } from './work/worker-process.ts';
