import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { OssError } from '../contract/errors.ts';
import { fromErrorAnswer } from '../contract/service-api/error-answer.ts';
import { type ServiceReady, serviceMessageSchema } from '../contract/service-api/process.ts';

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 5_000;

export interface EmbeddedService {
  readonly ready: ServiceReady;
  stop(): Promise<void>;
}

/**
 * Starts the signature service in a process of its own, in sandbox mode, on free ports of the loopback
 * interface. It ends with this process, whatever ends it: the IPC channel closes.
 * @throws OssError the service's own reason, or OSS_SERVICE_UNREACHABLE
 */
export async function startEmbeddedService(dataDirectory: string): Promise<EmbeddedService> {
  const entry = fileURLToPath(new URL('./signature-service.js', import.meta.url));
  const child = fork(entry, [], {
    env: {
      ...process.env,
      ONESHOT_SERVICE_CONFIG: JSON.stringify({ mode: 'sandbox', dataDirectory, logLevel: 'error' }),
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return { ready: await firstMessage(child), stop: () => stop(child) };
}

function firstMessage(child: ChildProcess): Promise<ServiceReady> {
  return new Promise((resolve, reject) => {
    const fail = (error: OssError): void => {
      clearTimeout(timer);
      child.kill();
      reject(error);
    };
    const timer = setTimeout(
      () => fail(new OssError('OSS_SERVICE_TIMEOUT', { reason: 'embedded service' })),
      START_TIMEOUT_MS,
    );
    child.once('error', (cause) => fail(new OssError('OSS_SERVICE_UNREACHABLE', {}, { cause })));
    child.once('exit', (code) =>
      fail(new OssError('OSS_SERVICE_UNREACHABLE', { reason: `it ended with ${code}` })),
    );
    child.once('message', (message) => {
      const parsed = serviceMessageSchema.safeParse(message);
      if (!parsed.success) return fail(new OssError('OSS_SERVICE_NONSENSE'));
      if (parsed.data.type === 'failed') return fail(fromErrorAnswer(parsed.data, 'OSS_SERVICE_FAILED'));
      clearTimeout(timer);
      child.removeAllListeners('exit');
      resolve(parsed.data);
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.send({ type: 'stop' });
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}
