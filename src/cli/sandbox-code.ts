import { OssError } from '../contract/errors.ts';
import type { Transaction } from '../contract/model/transaction.ts';
import type { SigningService } from '../optimizer/index.ts';

/** Reads the newest simulated SMS of the request. @throws OssError OSS_OTP_SANDBOX_ONLY where there is none */
export async function newestSandboxSms(service: SigningService, transaction: Transaction): Promise<string> {
  const requestId = transaction.registration?.requestId ?? '';
  const newest = (await service.sandboxInbox?.messages(requestId))?.at(-1);
  if (!newest) throw new OssError('OSS_OTP_SANDBOX_ONLY');
  return newest.text;
}

/** The code stands last in the message. */
export async function codeFromOutbox(service: SigningService, transaction: Transaction): Promise<string> {
  const code = /(\d{4,10})\D*$/.exec(await newestSandboxSms(service, transaction))?.[1];
  if (code === undefined)
    throw new OssError('OSS_SERVICE_RESPONSE_INVALID', { reason: 'no code in the simulated SMS' });
  return code;
}
