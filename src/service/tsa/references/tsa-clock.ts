import { randomBytes } from 'node:crypto';
import { request } from 'undici';
import type { Clock } from '../../../base/clock.ts';
import {
  buildTimestampRequest,
  equalBytes,
  parseTimestampResponse,
  parseTimestampToken,
} from '../../../pki/index.ts';
import type { ClockReference } from './port.ts';

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 64 * 1024;
/** `genTime` is given in whole seconds by most, and rounded in a way that no standard names. */
const ROUNDING_MS = 1_000;

export interface TsaClockOptions {
  readonly url: string;
  readonly clock: Clock;
  readonly monotonic: () => number;
}

/**
 * The time of another time-stamp authority. Its signature is not verified: what is between us and it can make us stop,
 * and together with a clock that it has set could confirm a wrong time. An address with https keeps it out.
 */
export const tsaClock = ({ url, clock, monotonic }: TsaClockOptions): ClockReference => ({
  name: new URL(url).host,
  async read() {
    const digest = randomBytes(32);
    const [asked, start] = [monotonic(), clock().getTime()];
    const response = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query' },
      body: Buffer.from(buildTimestampRequest({ digest, nonce: randomBytes(8), certReq: false })),
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of response.body) {
      chunks.push(chunk as Buffer);
      size += (chunk as Buffer).length;
      if (size > MAX_BYTES) throw new Error('too long for a time stamp');
    }
    if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}`);
    const trip = monotonic() - asked;
    const { info } = parseTimestampToken(parseTimestampResponse(Buffer.concat(chunks)));
    if (!equalBytes(info.imprint.hash, digest)) throw new Error('a time stamp of something else');
    const ahead = start + trip / 2 - info.genTime.getTime() - ROUNDING_MS / 2;
    return { ahead, bound: trip / 2 + ROUNDING_MS / 2 + (info.accuracyMillis ?? 0) };
  },
});
