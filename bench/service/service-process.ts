/** The signature service as the process that operators run, with the database that is asked for. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ServiceReady } from '../../src/contract/service-api/process.ts';
import { cpuSeconds, residentMegabytes } from './processes.ts';

/** The one code of every request: what is measured is the service, not the reading of a phone. */
export const CODE = '482913';

export interface ServiceProcess {
  readonly url: string;
  cpu(): number;
  megabytes(): number;
  stop(): Promise<void>;
}

const LIMITS = Object.freeze({
  limits: { callsPerMinute: 10_000_000, loginsPerMinute: 10_000 },
  otp: {
    fixedCode: CODE,
    messagesPerRegistrationAuthorityPerDay: 10_000_000,
    messagesPerDay: 10_000_000,
  },
});

export async function startService(
  dataDirectory: string,
  database: object,
  execArgv: readonly string[] = [],
): Promise<ServiceProcess> {
  const config = {
    ...{ mode: 'sandbox', dataDirectory, database, logLevel: 'error', tokenLifetimeMinutes: 480 },
    ...{ publicUrl: 'http://127.0.0.1:1', ...LIMITS },
  };
  const program = fileURLToPath(new URL('main.js', import.meta.url));
  const child = fork(program, [], {
    execArgv: [...execArgv],
    env: { ...process.env, ONESHOT_SERVICE_CONFIG: JSON.stringify(config) },
  });
  const [ready] = (await once(child, 'message')) as [ServiceReady | { type: 'failed' }];
  if (ready.type !== 'ready') throw new Error(`the service did not start: ${JSON.stringify(ready)}`);
  const pid = child.pid ?? 0;
  return {
    url: ready.apiUrl,
    cpu: () => cpuSeconds(pid),
    megabytes: () => residentMegabytes(pid),
    async stop() {
      const ended = once(child, 'exit');
      child.send({ type: 'stop' });
      await ended;
    },
  };
}
