import { toOssError } from '../../contract/errors.ts';
import type { CaseStore } from './case-store.ts';

/**
 * Removes the records of cases that ended before this moment and are sealed; the evidence stays. Open ones stay,
 * whatever their age, and so does one that cannot be read.
 * @returns how many
 */
export async function removeEndedCases(store: CaseStore, endedBefore: Date): Promise<number> {
  let removed = 0;
  for (const id of await store.list()) {
    const record = await store.read(id).catch((thrown: unknown) => {
      const error = toOssError(thrown);
      if (error.code === 'OSS_RECORD_DAMAGED') return undefined;
      throw error;
    });
    const last = Date.parse(record?.events.at(-1)?.at ?? '');
    if (!record?.closed?.record || last >= endedBefore.getTime()) continue;
    await store.remove(id);
    removed += 1;
  }
  return removed;
}
