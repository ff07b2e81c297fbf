import { expect, it, vi } from 'vitest';
import { OssError } from '../../contract/errors.ts';
import type { ListsState } from '../../contract/model/trusted-lists.ts';
import { ListsKeeper } from './lists-keeper.ts';

const HOUR = 60 * 60_000;
const NOW = Date.parse('2026-11-30T12:00:00Z');

interface Kept {
  readonly fetch?: boolean;
  readonly hoursOld?: number;
  readonly certificates?: readonly Uint8Array[];
}

function keeping({ fetch = true, hoursOld, certificates = [new Uint8Array(1)] }: Kept) {
  const state: ListsState = {
    ...(hoursOld !== undefined && { fetchedAt: new Date(NOW - hoursOld * HOUR).toISOString() }),
    ...{ listOfLists: { territory: 'EU' }, national: [] },
  };
  const refreshTrustedLists = vi.fn(async () => state);
  const report = vi.fn();
  const keeper = new ListsKeeper({
    choice: () => ({ fetch, address: 'https://lists.example/lotl.xml' }),
    optimizer: async () => ({ trustedLists: async () => ({ certificates, state }), refreshTrustedLists }),
    report,
    now: () => NOW,
  });
  return { keeper, refreshTrustedLists, report };
}

it.each<[what: string, kept: Kept, times: number]>([
  ['that were never fetched', {}, 1],
  ['that are a day old', { hoursOld: 21 }, 1],
  ['of today not', { hoursOld: 3 }, 0],
  ['not where nobody wants it', { fetch: false }, 0],
  ['not where nobody has said by whom to believe them', { certificates: [] }, 0],
])('fetches lists %s', async (_, kept, times) => {
  const { keeper, refreshTrustedLists } = keeping(kept);
  await keeper.look();
  expect(refreshTrustedLists).toHaveBeenCalledTimes(times);
  if (times > 0) expect(refreshTrustedLists).toHaveBeenCalledWith('https://lists.example/lotl.xml');
});

it('fetches once at a time, and reports what fails', async () => {
  const { keeper, refreshTrustedLists, report } = keeping({});
  await Promise.all([keeper.fetch(), keeper.fetch()]);
  expect(refreshTrustedLists).toHaveBeenCalledTimes(1);
  refreshTrustedLists.mockRejectedValue(new OssError('OSS_WORK_TIME_LIMIT'));
  await keeper.look();
  expect(report).toHaveBeenCalledWith(expect.objectContaining({ code: 'OSS_WORK_TIME_LIMIT' }));
});
