import { accessSync, constants, mkdirSync } from 'node:fs';
import { OssError, toOssError } from '../contract/errors.ts';
import type { ServiceReady } from '../contract/service-api/process.ts';
import type { Readiness } from '../contract/service-api/readiness.ts';
import { toPem } from '../pki/index.ts';
import type { Authorities } from './ca/authority.ts';
import { describeExceptions } from './config/production-checks.ts';
import { choosePorts, type Ports } from './config/remembered-ports.ts';
import { SANDBOX_OFFICER } from './config/sandbox-defaults.ts';
import { parseServiceConfig, type ServiceConfig } from './config/service-config.ts';
import type { AnsweredCall } from './http/access-log.ts';
import { buildApi } from './http/api/build-api.ts';
import { describeCause } from './http/error-handler.ts';
import { listen } from './http/listen.ts';
import { buildMetrics } from './http/metrics/build-metrics.ts';
import { buildPublic } from './http/public/build-public.ts';
import { loadTlsIdentity } from './http/tls.ts';
import type { Metrics } from './metrics/metrics.ts';
import { openFoundation } from './open-foundation.ts';
import { completePorts, type ServicePorts } from './service-ports.ts';
import { SERVICE_STREAM } from './store/event-log.ts';
import { type Services, wireServices } from './wire-services.ts';

/** How often work that another process left behind is looked for. */
const MAINTENANCE_MS = 5_000;
const CLOCK_OBSERVATION_MS = 1_000;

export interface RunningService {
  readonly ready: ServiceReady;
  readonly metrics: Pick<Metrics, 'samples'>;
  /** Which parts can work now, as `/ready` answers it. */
  readiness(): Promise<Readiness>;
  /** Ends the calls under way, then everything else. */
  close(): Promise<void>;
}

/**
 * Starts the service and answers when it listens.
 * @param input a ServiceConfigInput, from wherever; it is validated here
 * @throws OssError OSS_CONFIG_INVALID, OSS_CONFIG_UNSAFE
 */
export async function startSignatureService(
  input: unknown,
  given: Partial<ServicePorts> = {},
): Promise<RunningService> {
  const config = parseServiceConfig(input);
  const ports = completePorts(given, config.logLevel);
  makeDataDirectory(config.dataDirectory);
  const chosen = await choosePorts(config);
  const publicUrl = config.publicUrl ?? `http://${urlHost(config.public.host)}:${chosen.public}`;
  const foundation = await openFoundation(config, publicUrl, ports);
  const { store, channels } = foundation;
  try {
    const services = await wireServices(config, publicUrl, foundation, ports);
    const stopListening = await openListeners(config, chosen, services, foundation.metrics, ports);
    const maintenance = startMaintenance(services, ports);
    const exceptions = config.mode === 'production' ? describeExceptions(config) : [];
    for (const exception of exceptions) ports.log.warn({ exception }, 'weaker than the default');
    await store.transaction(({ events }) =>
      events.append(SERVICE_STREAM, 'service.started', { mode: config.mode, exceptions }),
    );
    return {
      metrics: foundation.metrics,
      ready: describeReady(config, chosen, publicUrl, foundation.authorities),
      readiness: services.public.ready,
      async close() {
        await stopListening();
        await maintenance.stop();
        await services.close();
        await store.transaction(({ events }) => events.append(SERVICE_STREAM, 'service.stopped'));
        await channels.close();
        await foundation.keyStore.close?.();
        await store.close();
      },
    };
  } catch (error) {
    await channels.close();
    await foundation.keyStore.close?.();
    await store.close();
    throw error;
  }
}

function makeDataDirectory(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.W_OK | constants.X_OK);
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    throw new OssError('OSS_CONFIG_INVALID', { reason: `dataDirectory: ${path}: ${code}` }, { cause });
  }
}

const urlHost = (host: string): string => (host.includes(':') ? `[${host}]` : host);

async function openListeners(
  config: ServiceConfig,
  chosen: Ports,
  services: Services,
  metrics: Metrics,
  { log }: ServicePorts,
): Promise<() => Promise<void>> {
  const { limits, mode } = config;
  const tls = await loadTlsIdentity(config.api.tls);
  const calls = metrics.duration(
    'oneshot_calls_seconds',
    'How long calls took, by listener, method, route and status.',
    ['listener', 'method', 'route', 'status'],
  );
  const measured = (listener: string) => (call: AnsweredCall) => {
    const { method, route, status, milliseconds } = call;
    calls.observe({ listener, method, route, status: String(status) }, milliseconds / 1000);
  };
  return listen([
    {
      server: await buildPublic({
        ...{ services: services.public, limits, log },
        onAnswered: measured('public'),
      }),
      host: config.public.host,
      port: chosen.public,
    },
    {
      server: await buildApi({
        ...{ services: services.api, limits, mode, tls, log },
        onAnswered: measured('api'),
      }),
      host: config.api.host,
      port: chosen.api,
    },
    ...(config.metrics === undefined
      ? []
      : [{ server: await buildMetrics({ services: { metrics }, limits, log }), ...config.metrics }]),
  ]);
}

/** Now and every few seconds: messages that still have to go out, signings that nobody will finish. */
function startMaintenance(services: Services, { log }: ServicePorts) {
  let running: Promise<void> | undefined;
  const run = (): void => {
    // A round that waits for a lost database is the only one that waits.
    running ??= services
      .maintain()
      .catch((thrown: unknown) => {
        const error = toOssError(thrown);
        log.error({ code: error.code, cause: describeCause(error) }, 'maintenance failed');
      })
      .finally(() => {
        running = undefined;
      });
  };
  run();
  const timers = [
    setInterval(run, MAINTENANCE_MS).unref(),
    setInterval(services.observeClock, CLOCK_OBSERVATION_MS).unref(),
  ];
  return {
    async stop(): Promise<void> {
      for (const timer of timers) clearInterval(timer);
      await running;
    },
  };
}

function describeReady(
  config: ServiceConfig,
  chosen: Ports,
  publicUrl: string,
  authorities: Authorities,
): ServiceReady {
  const { mode, api } = config;
  const metricsUrl =
    config.metrics && `http://${urlHost(config.metrics.host)}:${config.metrics.port}/metrics`;
  const watched = metricsUrl === undefined ? {} : { metricsUrl };
  const apiUrl = `${api.tls === undefined ? 'http' : 'https'}://${urlHost(api.host)}:${chosen.api}`;
  if (mode === 'production') {
    return { type: 'ready', apiUrl, publicUrl, ...watched, mode, exceptions: describeExceptions(config) };
  }
  const { username, password, pin, registrationAuthority } = SANDBOX_OFFICER;
  const anchorPem = toPem(authorities.root.certificate.der);
  return {
    type: 'ready',
    apiUrl,
    publicUrl,
    ...watched,
    mode,
    sandbox: { anchorPem, officer: { username, password, pin }, registrationAuthority },
  };
}
