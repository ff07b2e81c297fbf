import { OssError, toOssError } from '../../contract/errors.ts';
import type { StepContext } from './context.ts';

/**
 * Ends the transaction here, always, and tells the service where it can be reached; a request that the
 * service does not hear of expires there by itself.
 */
export async function cancelTransaction({ journal, service, vault }: StepContext): Promise<void> {
  const { id, registration } = journal.transaction;
  await journal.append({ type: 'cancelled' });
  await vault.purgeDocuments(id);
  if (!registration) return;
  try {
    await service.cancel(registration.requestId);
  } catch (thrown) {
    const error = toOssError(thrown);
    if (!error.retryable && !['OSS_REQUEST_STATE', 'OSS_REQUEST_EXPIRED'].includes(error.code)) {
      throw new OssError(error.code, error.details, { cause: error });
    }
  }
}
