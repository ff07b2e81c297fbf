import { z } from 'zod';
import { OssError } from '../../contract/errors.ts';
import { authorisationSchema } from '../../contract/model/authorisation.ts';
import { signatureOptionsSchema } from '../../contract/model/transaction.ts';
import { type ApiCore, keyOfRequest, updateRequest } from './api-core.ts';
import { toRefusal } from './refusal.ts';
import { stateOf } from './request-state.ts';
import { carryOut, type SignOrder } from './sign-request.ts';

/** An order that ended the process so often is not tried again by itself; its client may order again. */
const MAX_ATTEMPTS = 2;

const secretOf = (pk: number): string => `sign-order-${pk}`;

const orderSchema = z.object({
  authorisation: authorisationSchema,
  options: z.array(signatureOptionsSchema),
  seal: z
    .object({
      officer: z.object({ username: z.string(), password: z.string(), pin: z.string() }),
      seal: z.string(),
      documents: z.array(z.object({ uid: z.string(), options: signatureOptionsSchema })),
    })
    .exactOptional(),
});

/** Stores the order, so that it survives this process, and lets it be carried out. */
export async function signLater(core: ApiCore, pk: number, order: SignOrder): Promise<void> {
  await core.secrets.put(secretOf(pk), JSON.stringify(order));
  updateRequest(core, pk, { asyncState: 'signing', asyncError: undefined, asyncAttempts: undefined });
  begin(core, pk);
}

/** After a restart: what was promised and not carried out. */
export function resumeOrders(core: ApiCore): void {
  for (const { pk } of core.requests.promised()) begin(core, pk);
}

function begin(core: ApiCore, pk: number): void {
  core.turns
    .run(keyOfRequest(pk), () => run(core, pk))
    .catch((thrown: unknown) => core.log(`asynchronous signature of request ${pk}`, thrown));
}

async function run(core: ApiCore, pk: number): Promise<void> {
  const record = core.records.requests.get(keyOfRequest(pk));
  if (!record?.transactionId || record.asyncState !== 'signing') return;
  const attempts = record.asyncAttempts ?? 0;
  try {
    if (attempts >= MAX_ATTEMPTS) throw new OssError('OSS_SET_ASIDE');
    // Before it begins: a process that it kills cannot write anything any more.
    updateRequest(core, pk, { asyncAttempts: attempts + 1 });
    const isDone = stateOf(record, await core.optimizer.get(record.transactionId)) === 'ISSUED';
    const stored = isDone ? undefined : await core.secrets.get(secretOf(pk));
    if (!isDone) {
      await carryOut(core, pk, orderSchema.parse(JSON.parse(stored ?? 'null')));
    }
    updateRequest(core, pk, { asyncState: 'signed', signAnswered: true });
  } catch (thrown) {
    const { httpStatus, response } = toRefusal(thrown);
    if (httpStatus >= 500) core.log(`asynchronous signature of request ${pk}`, thrown);
    await tellFailure(core, pk, typeof response === 'string' ? response : JSON.stringify(response));
  } finally {
    await core.secrets.remove(secretOf(pk));
  }
}

/** The older Optimizer had no channel for this: the callback carries it, and the asynchronous state. */
async function tellFailure(core: ApiCore, pk: number, error: string): Promise<void> {
  const record = core.records.requests.get(keyOfRequest(pk));
  if (!record?.transactionId) return;
  const transaction = await core.optimizer.get(record.transactionId);
  core.store.atomically(() => {
    updateRequest(core, pk, { asyncState: 'error', asyncError: error });
    const state = stateOf(record, transaction);
    core.callbacks.announce({ record, from: state, to: state, transaction, error });
  });
}
