import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type ApiData,
  type OptimizerApi,
  openApiData,
  startOptimizerApi,
} from '../../../src/optimizer-api/index.ts';
import { EVERYBODY } from '../../../src/optimizer-api/store/owners.ts';
import { openRecords } from '../../../src/optimizer-api/store/records.ts';
import { API_START } from '../../support/api-start.ts';

const COUNT = 450;
const FIRST = 1_000_000_000;

let directory: string;
let data: ApiData;
let api: OptimizerApi;
/** So that what was never answered to its client is not cleared up meanwhile. */
const untilStopped = ({ signal }: { signal: AbortSignal }): Promise<[]> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve([]));
  });

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'paging-'));
  data = await openApiData(directory, { kind: 'oneshot', baseUrl: 'http://127.0.0.1:9' });
  const { requests } = openRecords(data.store, { owner: EVERYBODY });
  data.store.atomically(() => {
    for (let number = 0; number < COUNT; number += 1) {
      const pk = FIRST + number * 7;
      requests.put(String(pk), {
        pk,
        dialect: 'classic',
        createdAt: '2026-01-01T00:00:00Z',
        fields: { given_name: 'Ada' },
        scratchcard: '000000000000',
        registrationAuthority: '1000',
        profile: 'single-use-p256',
        // One in ten was never answered to its client: nobody sees it.
        acknowledged: number % 10 !== 0,
        toldState: 'CANCELLED',
      });
    }
  });
  api = await startOptimizerApi({
    // Requests that are settled ask no transaction; nothing else is called here.
    optimizer: { onChange: () => () => undefined, resume: untilStopped } as never,
    data,
    ...API_START,
  });
});
afterAll(async () => {
  await api.close();
  await data.close();
  await rm(directory, { recursive: true });
});

/** Follows the links from page to page, as a client does that knows no more than RFC 8288. */
async function pages(address: string): Promise<string[][]> {
  const found: string[][] = [];
  for (let next: string | undefined = address; next !== undefined; ) {
    const response: Response = await fetch(next);
    expect(response.status).toBe(200);
    const { details, pk: _, ...rest } = (await response.json()) as { details?: object; pk?: number };
    found.push(Object.keys(details ?? rest));
    const link = /^<([^>]*)>; rel="next"$/.exec(response.headers.get('link') ?? '');
    next = link?.[1] === undefined ? undefined : new URL(link[1], response.url).href;
  }
  return found;
}

const EXPECTED = Array.from({ length: COUNT }, (_, number) => number)
  .filter((number) => number % 10 !== 0)
  .map((number) => String(FIRST + number * 7));

it.each(['/api/v1', '/oneshot/api/v1'])(
  '%s lists requests a page at a time, each with a link to the next',
  async (prefix) => {
    const found = await pages(`${api.url}${prefix}/requests`);
    expect(found.map((page) => page.length)).toEqual([200, 200, 5]);
    expect(found.flat()).toEqual(EXPECTED);
  },
);

it('takes the size of a page and where it begins from the call', async () => {
  const found = await pages(`${api.url}/api/v1/requests?limit=90&after=${FIRST + 7}`);
  expect(found.map((page) => page.length)).toEqual([90, 90, 90, 90, 44]);
  expect(found.flat()).toEqual(EXPECTED.slice(1));
  expect(await pages(`${api.url}/api/v1/requests?limit=405`)).toEqual([EXPECTED]);
});
