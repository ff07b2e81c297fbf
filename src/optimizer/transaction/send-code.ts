import { OssError } from '../../contract/errors.ts';
import { contentsReference, manifestReference } from '../../contract/model/manifest-reference.ts';
import type { OtpSent } from '../../contract/model/otp-sent.ts';
import type { Transaction } from '../../contract/model/transaction.ts';
import type { WorkOptions } from '../progress.ts';
import { requireAuthorityTime } from './authority-clocks.ts';
import { compareClocks, describedService, type StepContext } from './context.ts';
import { assertDeliverable } from './delivery-folder.ts';
import { manifestOf } from './manifest-of.ts';
import { prepareTransaction } from './prepare.ts';
import { reserveSpace } from './reserve-space.ts';

/** Left between preparing and asking for a code, so that the code is good for its whole life. */
const SPARE_SECONDS = 60;

/**
 * Asks the service to send a code for exactly these documents: their final digests, or their contents where
 * the signer agreed in another application that chooses the look of the signature only later. Documents prepared too long ago for the
 * life of the certificate are prepared again first: same content, a newer claimed time, a new reference.
 * @throws OssError OSS_FOLDER_UNUSABLE, OSS_DISK_FULL, OSS_OTP_TOO_SOON, OSS_OTP_LIMIT, OSS_OTP_DELIVERY_FAILED, OSS_CLOCK_WRONG,
 * OSS_SERVICE_*
 */
export async function sendCode(context: StepContext, work: WorkOptions = {}): Promise<OtpSent> {
  const { journal, service } = context;
  await assertDeliverable(journal.transaction);
  await reserveSpace(context);
  const hasClockMoved = await compareClocks(context);
  await requireAuthorityTime(context);
  await journal.append({ type: 'codeRequesting' });
  const { registration, contents } = journal.transaction;
  if (!registration) throw new OssError('OSS_TRANSACTION_STATE', { state: journal.transaction.state });
  if (contents === undefined && (hasClockMoved || (await isPreparationOld(context))))
    await prepareTransaction(context, work);
  const call = contents === undefined ? { manifest: manifestOf(journal.transaction) } : { contents };
  const reference = 'manifest' in call ? manifestReference(call.manifest) : contentsReference(call.contents);
  const otp = await service.sendOtp(registration.requestId, call);
  if (otp.reference !== reference) {
    throw new OssError('OSS_SERVICE_WRONG_DIGEST', { reason: 'the code was sent for other documents' });
  }
  await journal.append({ type: 'codeSent', otp });
  return otp;
}

async function isPreparationOld(context: StepContext): Promise<boolean> {
  const described = await describedService(context);
  const { profile, prepared = [] }: Transaction = context.journal.transaction;
  const limits = described.profiles.find((offered) => offered.id === profile);
  const maxAge = (limits?.maxManifestAgeSeconds ?? 0) - described.otp.lifetimeSeconds - SPARE_SECONDS;
  const now = context.now().getTime() + (context.memory.clockOffset ?? 0);
  return prepared.some(({ claimedSigningTime }) => now - Date.parse(claimedSigningTime) > maxAge * 1000);
}
