import { accessSync, constants, mkdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { OssError, toOssError } from '../contract/errors.ts';
import type { ServiceReady } from '../contract/service-api/process.ts';
import type { Readiness } from '../contract/service-api/readiness.ts';
import { toPem } from '../pki/index.ts';
import type { Authorities } from './ca/authority.ts';
import { secretsOpenToAll } from './config/open-secrets.ts';
import { describeExceptions } from './config/production-checks.ts';
import { choosePorts, type Ports } from './config/remembered-ports.ts';
import { SANDBOX_OFFICER } from './config/sandbox-defaults.ts';
import { parseServiceConfig, type ServiceConfig } from './config/service-config.ts';
import { cscUrlOf } from './csc/base-url.ts';
import type { AnsweredCall } from './http/access-log.ts';
import { buildApi } from './http/api/build-api.ts';
import { buildCsc } from './http/csc/build-csc.ts';
import { describeCause } from './http/error-handler.ts';
import { listen } from './http/listen.ts';
import { buildMetrics } from './http/metrics/build-metrics.ts';
import { buildPublic } from './http/public/build-public.ts';
import { loadTlsIdentity } from './http/tls.ts';
import type { Metrics } from './metrics/metrics.ts';
import { openFoundation } from './open-foundation.ts';
import { completePorts, type ServicePorts } from './service-ports.ts';
import { SERVICE_STREAM } from './store/event-log.ts';
import type { Store } from './store/store.ts';
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

/** What takes the database away for a moment must not keep a service from starting that is started just then. */
const PATIENCE_MS = 10_000;
const PAUSE_MS = 500;

/**
 * Starts the service and answers when it listens.
 * @param input a ServiceConfigInput, from wherever; it is validated here
 * @throws OssError OSS_CONFIG_INVALID, also for a database that stays away for ten seconds; OSS_CONFIG_UNSAFE
 */
export async function startSignatureService(
  input: unknown,
  given: Partial<ServicePorts> = {},
): Promise<RunningService> {
  const config = parseServiceConfig(input);
  const ports = completePorts(given, config.logLevel);
  makeDataDirectory(config.dataDirectory);
  const chosen = await choosePorts(config);
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await start(config, chosen, ports);
    } catch (error) {
      if (!isDatabaseAway(error) || performance.now() > until) throw error;
      ports.log.warn({ cause: describeCause(error as Error) }, 'the start waits for the database');
      await pause(PAUSE_MS);
    }
  }
}

const isDatabaseAway = (error: unknown): boolean =>
  error instanceof OssError && (error.code === 'OSS_DATABASE_UNAVAILABLE' || isDatabaseAway(error.cause));

/** What fails leaves nothing open, so that it may be done again. */
async function start(config: ServiceConfig, chosen: Ports, ports: ServicePorts): Promise<RunningService> {
  const publicUrl = config.publicUrl ?? `http://${urlHost(config.public.host)}:${chosen.public}`;
  const foundation = await openFoundation(config, publicUrl, ports);
  const { store, channels, keyStore, metrics } = foundation;
  const begun: (() => Promise<unknown> | undefined)[] = [
    () => store.close(),
    async () => keyStore.close?.(),
    () => channels.close(),
  ];
  const end = async (): Promise<void> => {
    for (const stop of begun.splice(0).reverse()) await stop();
  };
  try {
    const services = await wireServices(config, publicUrl, foundation, ports);
    begun.push(() => services.close());
    const exceptions = config.mode === 'production' ? describeExceptions(config) : [];
    for (const exception of exceptions) ports.log.warn({ exception }, 'weaker than the default');
    for (const file of secretsOpenToAll(config))
      ports.log.warn({ file }, 'every user of this machine can read this secret');
    await store.transaction(({ events }) =>
      events.append(SERVICE_STREAM, 'service.started', { mode: config.mode, exceptions }),
    );
    begun.push(() => noteStop(store, ports));
    const maintenance = startMaintenance(services, ports);
    begun.push(() => maintenance.stop());
    begun.push(await openListeners(config, chosen, services, metrics, ports));
    return {
      metrics,
      ready: describeReady(config, chosen, publicUrl, foundation.authorities),
      readiness: services.public.ready,
      close: end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** A database that is away keeps nobody from stopping the service. */
const noteStop = (store: Store, { log }: ServicePorts): Promise<unknown> =>
  store
    .transaction(({ events }) => events.append(SERVICE_STREAM, 'service.stopped'))
    .catch((thrown: unknown) => log.warn({ cause: describeCause(toOssError(thrown)) }, 'stop not noted'));

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
    ...(config.csc === undefined || services.csc === undefined
      ? []
      : [
          {
            server: await buildCsc({
              ...{ services: services.csc, limits, log },
              tls: await loadTlsIdentity(config.csc.tls),
              onAnswered: measured('csc'),
            }),
            ...{ host: config.csc.host, port: config.csc.port },
          },
        ]),
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
  const watched = {
    ...(metricsUrl !== undefined && { metricsUrl }),
    ...(config.csc && { cscUrl: cscUrlOf(config.csc) }),
  };
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
