import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { text } from 'node:stream/consumers';
import { type Readiness, readinessSchema } from '../../contract/service-api/readiness.ts';
import type { TestedAccess } from './tested-access.ts';

const TIMEOUT_MS = 8_000;
const MAX_BYTES = 16_384;

/** Which parts of a service can do their work, or undefined where it does not say (GET /ready). */
export async function askReadiness({ baseUrl, tls }: TestedAccess): Promise<Readiness | undefined> {
  try {
    return readinessSchema.parse(JSON.parse(await get(`${baseUrl.replace(/\/$/, '')}/ready`, tls)));
  } catch {
    return undefined; // Whatever went wrong, the service did not say; that it is away is found by the test of it.
  }
}

function get(url: string, tls: TestedAccess['tls']): Promise<string> {
  const request = url.startsWith('https:') ? requestHttps : requestHttp;
  return new Promise((settle, fail) => {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const call = request(url, { ...tls, agent: false, signal }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MAX_BYTES) response.destroy(new Error('the answer is too long'));
      });
      text(response).then(settle, fail);
    });
    call.on('error', fail);
    call.end();
  });
}
