import type { FastifyInstance } from 'fastify';
import { toOssError } from '../../contract/errors.ts';
import { SOON_SECONDS } from '../../contract/retry-after.ts';
import type { ApiCore } from '../core/api-core.ts';

/** So long an outcome holds, however often it is asked for. */
const LIFETIME_MS = 1000;

interface Readiness {
  readonly status: 'ready' | 'not ready';
  /** `ok`, or the code of what is wrong. */
  readonly checks: { readonly records: string; readonly disk: string };
}

/** Whether calls that change something can be carried out now: 503 while a disk is full or the records do not answer. */
export function mountReadiness(server: FastifyInstance, core: Pick<ApiCore, 'records' | 'files'>): void {
  let last: { readonly at: number; readonly outcome: Promise<Readiness> } | undefined;
  server.get('/ready', { schema: { hide: true } }, async (_request, reply) => {
    const now = performance.now();
    if (last === undefined || now - last.at > LIFETIME_MS) last = { at: now, outcome: readiness(core) };
    const outcome = await last.outcome;
    if (outcome.status === 'ready') return reply.send(outcome);
    return reply.status(503).header('retry-after', String(SOON_SECONDS)).send(outcome);
  });
}

async function readiness({ records, files }: Pick<ApiCore, 'records' | 'files'>): Promise<Readiness> {
  const checks = {
    records: await outcomeOf(async () => void records.requests.count()),
    disk: await outcomeOf(() => files.assertRoom()),
  };
  const isReady = checks.records === 'ok' && checks.disk === 'ok';
  return { status: isReady ? 'ready' : 'not ready', checks };
}

const outcomeOf = (check: () => Promise<void>): Promise<string> =>
  check().then(
    () => 'ok',
    (thrown: unknown) => toOssError(thrown).code,
  );
