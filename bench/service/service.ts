/** `npm run bench -- service [sqlite|postgres|two] [seconds]`: the signature service under load, beside OpenSSL. */
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgres, startPostgres } from '../../test/support/postgres-server.ts';
import { signaturesPerCpuSecond } from './ceiling.ts';
import { closedLoop, Latencies, steadyRate } from './load.ts';
import { type Call, Officer, type Prepared } from './officer.ts';
import { cpuSeconds } from './processes.ts';
import { type ServiceProcess, startService } from './service-process.ts';

const LANES = 16;
const DOCUMENTS = 100;
const WARM_UP_SECONDS = 10;
const MEMORY_SAMPLES = 5;
/** A sign call of n documents makes so many signatures: each document, each time stamp, the certificate. */
const signaturesOf = (documents: number): number => 2 * documents + 1;

const [what = 'all', seconds = '15', profile] = process.argv.slice(2);
const duration = Number(seconds);
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;

interface Database {
  readonly config: object;
  cpu(): number;
  stop(): Promise<void>;
}

const DATABASES: Readonly<Record<string, () => Promise<Database | undefined>>> = {
  sqlite: async () => ({ config: { type: 'sqlite' }, cpu: () => 0, stop: async () => undefined }),
  async postgres() {
    const programs = await findPostgres();
    if (programs === undefined) return undefined;
    // It flushes: what is measured is what an operator gets.
    const server = await startPostgres(programs, []);
    return {
      config: { type: 'postgres', url: server.url },
      cpu: () => cpuSeconds(server.pid),
      stop: () => server.stop(),
    };
  },
};

/** Sign calls of 100 documents whose codes were sent before: nothing else is in the time. */
async function measureSignCalls(service: ServiceProcess, officer: Officer): Promise<void> {
  for (const [lanes, calls] of [
    [1, 40],
    [4, 80],
  ] as const) {
    const prepared: Prepared[] = [];
    for (let n = 0; n < calls + 10; n += 1) prepared.push(await officer.prepare(DOCUMENTS));
    for (const one of prepared.splice(0, 10)) await officer.sign(one);
    const before = signaturesPerCpuSecond();
    const [start, cpu] = [performance.now(), service.cpu()];
    await Promise.all(
      Array.from({ length: lanes }, async () => {
        for (let next = prepared.pop(); next !== undefined; next = prepared.pop()) await officer.sign(next);
      }),
    );
    const [took, cost] = [(performance.now() - start) / 1000, service.cpu() - cpu];
    const ceiling = (before + signaturesPerCpuSecond()) / 2;
    const signatures = calls * signaturesOf(DOCUMENTS);
    const [wall, perCpu] = [signatures / took / ceiling, signatures / cost / ceiling];
    print(
      `  sign call, ${DOCUMENTS} documents, ${lanes} at once: ${ms((took * 1000 * lanes) / calls)}, ` +
        `${(wall * 100).toFixed(0)} % of ${ceiling.toFixed(0)} ECDSA/s by the wall clock, ${(perCpu * 100).toFixed(0)} % by processor time`,
    );
  }
}

/** @returns seconds of processor time that one transaction costs all services together */
async function measureTransactions(
  services: readonly ServiceProcess[],
  officers: readonly Officer[],
  latencies: Latencies,
  database: Database,
): Promise<number> {
  const work = async (index: number): Promise<void> => officers[index % officers.length]?.transaction(1);
  const costs = () => services.reduce((sum, service) => sum + service.cpu(), 0);
  // What a compiler at run time has not compiled yet is no property of a service that runs for weeks.
  await closedLoop(LANES, Math.min(WARM_UP_SECONDS, duration), work);
  const [cpu, ofDatabase] = [costs(), database.cpu()];
  const { done, seconds: took } = await closedLoop(LANES, duration, work);
  const [rate, cost] = [done / took, (costs() - cpu) / done];
  print(
    `  transactions, ${LANES} at once: ${rate.toFixed(0)}/s; processor time of each: service ` +
      `${ms(cost * 1000)}, database ${ms(((database.cpu() - ofDatabase) * 1000) / done)}`,
  );
  latencies.forget();
  const memory: string[] = [];
  const sample = () => memory.push(services.map((service) => service.megabytes().toFixed(0)).join(' and '));
  sample();
  const timer = setInterval(sample, (duration * 1000) / MEMORY_SAMPLES);
  await steadyRate(rate * 0.6, duration, work);
  clearInterval(timer);
  sample();
  const of = (call: Call): string =>
    `${call} ${ms(latencies.quantile(call, 0.5))}, ${ms(latencies.quantile(call, 0.99))}`;
  print(`  at 60 % of that, median and p99: ${of('create')}; ${of('code')}; ${of('sign')}`);
  print(`  memory meanwhile, in MB: ${memory.join(', ')}`);
  return cost;
}

/** @returns as `measureTransactions`; undefined where there is no such database */
async function measure(name: string, processes: number): Promise<number | undefined> {
  const database = await DATABASES[name]?.();
  if (database === undefined) {
    print(`${name}: not here`);
    return undefined;
  }
  const directory = await mkdtemp(join(tmpdir(), 'bench-service-'));
  const latencies = new Latencies();
  const services: ServiceProcess[] = [];
  const officers: Officer[] = [];
  try {
    const flags = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
    for (let n = 0; n < processes; n += 1) {
      services.push(await startService(directory, database.config, flags));
    }
    for (const { url } of services) {
      const officer = new Officer(url, latencies.took);
      await officer.logIn();
      officers.push(officer);
    }
    print(`${name}, ${processes} process${processes === 1 ? '' : 'es'}, load ${loadavg()[0]?.toFixed(1)}`);
    const cost = await measureTransactions(services, officers, latencies, database);
    const [service, officer] = [services[0], officers[0]];
    if (processes === 1 && service && officer) await measureSignCalls(service, officer);
    return cost;
  } finally {
    for (const officer of officers) await officer.close();
    for (const service of services) await service.stop();
    await database.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

if (what === 'all' || what === 'sqlite') await measure('sqlite', 1);
const one = what === 'sqlite' ? undefined : await measure('postgres', 1);
if (what === 'all' || what === 'two') {
  const two = await measure('postgres', 2);
  if (one !== undefined && two !== undefined) {
    print(
      `two processes do ${((2 * one) / two).toFixed(2)} times as much as one, where processors are enough`,
    );
  }
}
