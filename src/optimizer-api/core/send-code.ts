import { OssError } from '../../contract/errors.ts';
import { sendCodeFormSchema } from '../../contract/optimizer-api/index.ts';
import type { ApiRequestRecord } from '../store/records.ts';
import type { ApiCore } from './api-core.ts';
import { parseForm } from './form-body.ts';
import { Refusal } from './refusal.ts';
import { transactionOf } from './request-lookup.ts';
import { settledState, stateOf } from './request-state.ts';
import { withoutStrays } from './stray-slots.ts';

const FAILED = 'Error occured during OTP generation:';

/**
 * Sends a code for the documents as they are now; an earlier code is void.
 * @throws Refusal 400, 412; OssError OSS_SERVICE_*
 */
export async function sendCodeFor(core: ApiCore, record: ApiRequestRecord, body: unknown): Promise<void> {
  const { delivery_method: method = 'sms' } = parseForm(sendCodeFormSchema, body);
  if (!['sms', ''].includes(method.toLowerCase())) {
    throw new Refusal(
      400,
      `The delivery method ${method.slice(0, 20)} is not configured. Valid option is sms`,
    );
  }
  if (settledState(record)) throw new Refusal(412, `${FAILED} Invalid request status`);
  const transaction = await transactionOf(core, record);
  if (stateOf(record, transaction) !== 'ENROLLREADY')
    throw new Refusal(412, `${FAILED} Invalid request status`);
  const { documents, hashes = [] } = await withoutStrays(core, record.pk, transaction);
  if (documents.length + hashes.length === 0) {
    throw new Refusal(412, `${FAILED} Upload the documents first, the code is bound to them`);
  }
  try {
    await core.optimizer.agreeToContents(transaction.id);
    await core.optimizer.sendCode(transaction.id);
  } catch (thrown) {
    throw refusalOf(thrown);
  }
}

function refusalOf(thrown: unknown): unknown {
  if (!(thrown instanceof OssError)) return thrown;
  switch (thrown.code) {
    case 'OSS_OTP_TOO_SOON':
      return new Refusal(412, `${FAILED} Otp generated less than a minute ago`, { cause: thrown });
    case 'OSS_OTP_LIMIT':
      return new Refusal(412, `${FAILED} No more codes can be sent for now`, { cause: thrown });
    case 'OSS_TRANSACTION_STATE':
    case 'OSS_REQUEST_STATE':
    case 'OSS_REQUEST_EXPIRED':
      return new Refusal(412, `${FAILED} Invalid request status`, { cause: thrown });
    default:
      return thrown;
  }
}
