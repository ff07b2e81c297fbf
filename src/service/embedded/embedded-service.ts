import { OssError } from '../../contract/errors.ts';
import { fromErrorResponse } from '../../contract/service-api/error-response.ts';
import { type ServiceReady, serviceMessageSchema } from '../../contract/service-api/process.ts';

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 5_000;

/** A process of the signature service, however the host starts processes (Node's fork, Electron's utility process). */
export interface ServiceProcess {
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (code: number | null) => void): void;
  send(message: object): void;
  kill(): void;
}

export interface EmbeddedService {
  readonly ready: ServiceReady;
  /** Resolves when the process has ended, for whatever reason. */
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

/**
 * Waits for a forked signature service to say where it listens. It runs in sandbox mode on free ports of the
 * loopback interface and ends with this process, whatever ends it: its channel closes.
 * @throws OssError the service's own reason, OSS_SERVICE_UNREACHABLE, OSS_SERVICE_TIMEOUT
 */
export async function attachEmbeddedService(child: ServiceProcess): Promise<EmbeddedService> {
  const ended = new Promise<number | null>((resolve) => child.onExit(resolve));
  return { ready: await firstMessage(child, ended), ended, stop: () => stop(child, ended) };
}

/** Where a service listens, taken from what it said when it was ready. */
export type ServiceAddresses = Pick<ServiceReady, 'apiUrl' | 'publicUrl'>;

/** Settings with which a service takes the place of one that ended: documents name its addresses. */
export const inPlaceOf = ({ apiUrl, publicUrl }: ServiceAddresses): Readonly<Record<string, unknown>> => ({
  api: { port: Number(new URL(apiUrl).port) },
  public: { port: Number(new URL(publicUrl).port) },
});

/**
 * The environment in which the service's process runs embedded; on free ports unless the settings say otherwise.
 * @param settings further entries of its configuration
 */
export const embeddedServiceEnvironment = (
  dataDirectory: string,
  settings: Readonly<Record<string, unknown>> = {},
): Record<string, string> => ({
  ONESHOT_SERVICE_CONFIG: JSON.stringify({ ...settings, mode: 'sandbox', dataDirectory, logLevel: 'error' }),
});

function firstMessage(child: ServiceProcess, ended: Promise<number | null>): Promise<ServiceReady> {
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
    void ended.then((code) =>
      fail(new OssError('OSS_SERVICE_UNREACHABLE', { reason: `it ended with ${code}` })),
    );
    child.onMessage((message) => {
      const parsed = serviceMessageSchema.safeParse(message);
      if (!parsed.success) return fail(new OssError('OSS_SERVICE_RESPONSE_INVALID'));
      if (parsed.data.type === 'failed') return fail(fromErrorResponse(parsed.data, 'OSS_SERVICE_FAILED'));
      clearTimeout(timer);
      resolve(parsed.data);
    });
  });
}

async function stop(child: ServiceProcess, ended: Promise<unknown>): Promise<void> {
  child.send({ type: 'stop' });
  const timer = setTimeout(() => child.kill(), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}
