import { type Readiness, readinessSchema } from '../../contract/service-api/readiness.ts';
import { Connections } from '../../optimizer/index.ts';
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

async function get(url: string, tls: TestedAccess['tls']): Promise<string> {
  const connections = new Connections({
    connect: { timeout: TIMEOUT_MS, ...tls },
    maxResponseSize: MAX_BYTES,
  });
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const { body } = await connections.request(url, { method: 'GET', signal });
    return await body.text();
  } finally {
    await connections.close();
  }
}
