import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeTlsCertificates } from '../support/tls-certificates.ts';

/** The compiled signature service in a process of its own, with mutual TLS; a sandbox, because SMS are simulated. */
export async function startStandaloneService() {
  const tls = makeTlsCertificates();
  const folder = await mkdtemp(join(tmpdir(), 'standalone-'));
  const config = { mode: 'sandbox', dataDirectory: folder, logLevel: 'error', api: { tls: tls.server } };
  const child: ChildProcess = fork(resolve('out/main/signature-service.js'), [], {
    env: { ...process.env, ONESHOT_SERVICE_CONFIG: JSON.stringify(config) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ready = await new Promise<{ apiUrl: string; sandbox: { anchorPem: string } }>((done, failed) => {
    child.once('message', (message) => done(message as never));
    child.once('exit', (code) => failed(new Error(`the service ended with ${code}`)));
  });
  return {
    url: ready.apiUrl,
    anchor: ready.sandbox.anchorPem,
    tls,
    async stop(): Promise<void> {
      const ended = new Promise((done) => child.once('exit', done));
      if (child.connected && child.send({ type: 'stop' })) await ended;
    },
  };
}
