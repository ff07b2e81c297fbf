/**
 * For whom work is done. It goes along with the call rather than through every function on the way: what a call leads
 * to, also later and in another transaction step, counts for the one who called.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

const owners = new AsyncLocalStorage<string>();

/** Work on documents that `call` leads to takes its turn with that of other owners, see `WorkerPool`. */
export const onBehalfOf = <T>(owner: string, call: () => T): T => owners.run(owner, call);

/** Undefined where nobody is to be told apart, as in a station. */
export const workOwner = (): string | undefined => owners.getStore();
