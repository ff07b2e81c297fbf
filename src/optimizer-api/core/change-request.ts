import { type ApiCore, keyOfRequest } from './api-core.ts';
import { Refusal } from './refusal.ts';

/**
 * Runs what changes a request, one change after the other.
 * @throws Refusal 412 while the signer has it on the screen of a desk: they would agree to something else
 */
export function changeRequest<T>(core: ApiCore, pk: number, change: () => Promise<T>): Promise<T> {
  return core.turns.run(keyOfRequest(pk), () => {
    const { transactionId } = core.records.requests.get(keyOfRequest(pk)) ?? {};
    if (transactionId !== undefined && core.isAtDesk(transactionId)) {
      throw new Refusal(412, 'Invalid request status: it is being signed at the desk');
    }
    return change();
  });
}
