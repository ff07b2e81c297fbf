/** Time-stamp authorities whose clock is another one are found out before a code is spent. */
import { randomBytes } from 'node:crypto';
import { OssError } from '../../contract/errors.ts';
import {
  buildTimestampRequest,
  isClearlyAfter,
  PkiError,
  parseTimestampResponse,
  parseTimestampToken,
} from '../../pki/index.ts';
import type { Sources } from '../sources/http-sources.adapter.ts';
import { type StepContext, serviceTime } from './context.ts';

/** Clocks drift slowly; a time stamp may cost something. */
const GOOD_FOR_MS = 60 * 60_000;
const DIGEST_BYTES = 32;

/** When the clock of an authority was found good, by address; while the station runs. */
const found = new WeakMap<Sources, Map<string, number>>();

/**
 * Only where a document time stamp will be needed, and only of the authorities of the settings: the clock of the
 * signature service is compared anyway. One that cannot be asked now is no reason to refuse: B-LTA waits for it.
 * @throws OssError OSS_CLOCK_WRONG where all that answer have another time
 */
export async function requireAuthorityTime(context: StepContext): Promise<void> {
  const { journal, timestampUrls, sources } = context;
  if (journal.transaction.level !== 'B-LTA') return;
  const known = found.get(sources) ?? new Map<string, number>();
  found.set(sources, known);
  const wrong: string[] = [];
  for (const url of timestampUrls) {
    const now = serviceTime(context).getTime();
    if (Math.abs(now - (known.get(url) ?? 0)) < GOOD_FOR_MS) return;
    const time = await timeOf(context, url);
    if (time === undefined) return;
    const after = serviceTime(context);
    if (isClearlyAfter(time, after) || isClearlyAfter(new Date(now), time)) {
      wrong.push(`${url}: its time ${time.toISOString()} is not that of this machine`);
    } else {
      known.set(url, now);
      return;
    }
  }
  if (wrong.length > 0) throw new OssError('OSS_CLOCK_WRONG', { reason: wrong.join('; ') });
}

/** Nothing else of the token is relied on here; undefined where there is none. */
async function timeOf({ sources, certificates }: StepContext, url: string): Promise<Date | undefined> {
  try {
    const request = buildTimestampRequest({ digest: randomBytes(DIGEST_BYTES), certReq: true });
    const token = parseTimestampResponse(await sources.timestampAuthority(url).query(request));
    return parseTimestampToken(token, certificates.read).info.genTime;
  } catch (error) {
    if (error instanceof PkiError) return undefined;
    if (error instanceof OssError && error.code === 'OSS_SOURCE_FAILED') return undefined;
    throw error;
  }
}
