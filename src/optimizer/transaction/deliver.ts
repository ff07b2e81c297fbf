import { parse } from 'node:path';
import { OssError } from '../../contract/errors.ts';
import type { VerifiedDocument } from '../../contract/model/evidence.ts';
import { type SignatureLevel, signatureLevelSchema } from '../../contract/model/signature-level.ts';
import type { VerificationReport, VerifiedSignature } from '../../contract/model/verification.ts';
import { verifiedDocument } from '../evidence/verified-document.ts';
import { assertAllowed } from '../journal/reduce.ts';
import { slotOf } from '../journal/slots.ts';
import { naming } from '../naming.ts';
import { clockFlawIn, flawIn } from '../pades/clock-flaw.ts';
import type { WorkOptions } from '../progress.ts';
import { deliverFile } from '../vault/deliver-file.ts';
import { augmentTransaction } from './augment.ts';
import { hasOtherTime, type StepContext, serviceTime } from './context.ts';
import { folderFor } from './delivery-folder.ts';
import { noteLog } from './note-log.ts';

/**
 * Raises the files to the level of the transaction where that is a long-term one. Verifies each finished
 * file as a stranger would, then puts it into the folder of the transaction (without one: beside its
 * original), the signatures over hashes too, and clears the vault. A file that does not verify is not delivered.
 * @returns the report of every delivered file, in order
 * @throws OssError OSS_TRANSACTION_STATE, OSS_TIMESTAMP_FAILED, OSS_VALIDATION_DATA_MISSING, OSS_CLOCK_WRONG, OSS_SERVICE_WRONG_SIGNATURE, OSS_FILE_WRITE_FAILED, OSS_FILE_EXISTS
 */
export async function deliverTransaction(
  context: StepContext,
  work: WorkOptions = {},
): Promise<VerificationReport[]> {
  const { journal, vault, anchors, documentWork, memory } = context;
  const { id, state, level, documents, hashes = [], deliverTo, prepared = [] } = journal.transaction;
  assertAllowed(state, 'delivered');
  await augmentTransaction(context, work);
  const reports: VerificationReport[] = [];
  const verified: VerifiedDocument[] = [];
  for (const [index, document] of documents.entries()) {
    work.onProgress?.({ step: 'verifying', document: index, documents: documents.length });
    const slot = slotOf(document, index);
    const password = memory.passwords.get(slot);
    const input = {
      path: vault.documentPath(id, slot),
      anchors: anchors.map(({ der }) => der),
      ...(password === undefined ? {} : { password }),
    };
    const verify = () =>
      naming(document.name, documentWork.run('verify', { ...input, at: serviceTime(context) }));
    const ownIn = ({ signatures }: VerificationReport) =>
      signatures.find((signature) => signature.field === prepared[index]?.fieldName);
    let report = await verify();
    if (ownIn(report)?.verdict !== 'valid' && (await hasOtherTime(context))) report = await verify();
    const own = ownIn(report);
    if (own?.verdict !== 'valid') {
      const clockFlaw = own && clockFlawIn(own);
      if (clockFlaw) throw clockFlaw;
      const flaw = own && flawIn(own);
      throw new OssError('OSS_SERVICE_WRONG_SIGNATURE', {
        reason: flaw?.sentence ?? 'not found',
        file: document.name,
      });
    }
    if (!isAtLeast(own.level, level)) {
      throw new OssError('OSS_LEVEL_NOT_POSSIBLE', { reason: `it is ${own.level}`, field: own.field });
    }
    reports.push(report);
    const hash = memory.prefixHashes.get(slot);
    const prefix = hash && { bytes: document.bytes, hash };
    verified.push(await verifiedDocument(vault.documentPath(id, slot), report, own, prefix));
  }
  await journal.append({ type: 'verified', documents: verified });
  await noteLog(context);
  const files: string[] = [];
  for (const [index, document] of documents.entries()) {
    work.onProgress?.({ step: 'delivering', document: index, documents: documents.length });
    const target = folderFor(journal.transaction, document);
    files.push(await deliverFile(vault.documentPath(id, slotOf(document, index)), target, document.name));
  }
  for (const { name, slot } of hashes) {
    if (deliverTo === undefined) throw new OssError('OSS_FILE_WRITE_FAILED', { reason: 'no folder is set' });
    files.push(await deliverFile(vault.envelopePath(id, slot), deliverTo, `${parse(name).name}.p7m`));
  }
  await journal.append({ type: 'delivered', files });
  await vault.purgeDocuments(id);
  return reports.map((report, index) => ({ ...report, file: files[index] ?? report.file }));
}

/** No silent downgrade: less than what was asked for is not delivered. */
function isAtLeast(reached: VerifiedSignature['level'], asked: SignatureLevel): boolean {
  const levels: readonly string[] = signatureLevelSchema.options;
  return levels.indexOf(reached) >= levels.indexOf(asked);
}
