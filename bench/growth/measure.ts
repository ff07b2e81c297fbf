/** What one process needs for one kind of work, in CPU milliseconds. */
import { X509Certificate } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  EvidenceArchive,
  exportEvidence,
  Optimizer,
  removeEndedRecords,
  type SigningService,
} from '../../src/optimizer/index.ts';
import { openApiData, startOptimizerApi } from '../../src/optimizer-api/index.ts';
import { API_START } from '../../test/support/api-start.ts';
import { makeHierarchy } from '../../test/support/pki-hierarchy.ts';
import { idOf } from './leave.ts';

const FONTS = join(process.cwd(), 'resources/fonts');
/** Of what is over in a moment, the median of so many. */
const TIMES = 21;

export type Costs = Readonly<Record<string, number>>;

const cpu = (since?: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
};

async function costOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  return cpu(before);
}

async function medianOf(work: () => unknown, times = TIMES): Promise<number> {
  const costs: number[] = [];
  for (let n = 0; n < times; n += 1) costs.push(await costOf(work));
  return costs.sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0;
}

const held = (): Costs => ({
  'open files': readdirSync('/proc/self/fd').length,
  megabytes: process.memoryUsage().rss / 2 ** 20,
});

const openOptimizer = async (directory: string): Promise<Optimizer> =>
  Optimizer.open({
    dataDirectory: directory,
    service: {} as SigningService,
    anchors: new X509Certificate(Buffer.from((await makeHierarchy()).root.certificate.der)).toString(),
    signatureFontPath: join(FONTS, 'NotoSans-Regular.ttf'),
  });

const NONE_DUE = new Date(0);

/** As the station does it: retention first, then what was left, then the list. */
async function desk(directory: string): Promise<Costs> {
  await removeEndedRecords(directory, NONE_DUE);
  const optimizer = await openOptimizer(directory);
  await optimizer.resume();
  const start = cpu();
  const list = await costOf(() => optimizer.list());
  const resume = await medianOf(() => optimizer.resume());
  const retention = await medianOf(() => optimizer.removeEnded(NONE_DUE));
  const costs = { 'desk start': start, 'desk list': list, resume, 'retention of records': retention };
  await optimizer.close();
  return { ...costs, ...held() };
}

async function optimizerApi(directory: string): Promise<Costs> {
  const service = { kind: 'oneshot', baseUrl: 'http://127.0.0.1:9' } as const;
  const data = await openApiData(directory, service);
  const optimizer = await openOptimizer(directory);
  const failures: unknown[] = [];
  const api = await startOptimizerApi({
    optimizer,
    data,
    ...API_START,
    log: (_, thrown) => failures.push(thrown),
    callbackFailed: (line) => failures.push(line),
  });
  const start = cpu();
  const forget = await medianOf(() => data.forgetRemoved((id) => optimizer.has(id), NONE_DUE));
  // A callback is told meanwhile, so that the queue looks again.
  let told = 0;
  const tick = await medianOf(() => {
    told += 1;
    const now = Date.now();
    data.pending.put({ id: `t${told}`, pk: told, url: '', body: '', attempts: 0, nextAttemptAt: now });
    for (const { id } of data.pending.due(now, 8)) data.pending.remove(id);
    data.pending.due(now, 8);
  });
  const page = await medianOf(async () => (await fetch(`${api.url}/api/v1/requests`)).text());
  const costs = held();
  await api.close();
  await optimizer.close();
  await data.close();
  if (failures.length > 0) throw failures[0];
  return {
    'optimizer start': start,
    'retention of requests': forget,
    'callback tick': tick,
    'GET /requests, a page': page,
    ...prefixed('optimizer: ', costs),
  };
}

async function evidenceOfOne(directory: string): Promise<Costs> {
  const archive = new EvidenceArchive(directory);
  const out = await mkdtemp(join(tmpdir(), 'growth-export-'));
  await mkdir(out, { recursive: true });
  await exportEvidence(await archive.about(idOf(50)), out, 'en', FONTS);
  const cost = cpu();
  await archive.close();
  await rm(out, { recursive: true });
  return { 'evidence of one': cost };
}

async function evidenceList(directory: string): Promise<Costs> {
  const archive = new EvidenceArchive(directory);
  const lines = (await archive.summaries()).map((summary) => JSON.stringify(summary));
  if (lines.join('\n') === '') throw new Error('there is no evidence');
  const cost = cpu();
  await archive.close();
  return { 'evidence list': cost, ...prefixed('evidence list: ', held()) };
}

const prefixed = (prefix: string, costs: Costs): Costs =>
  Object.fromEntries(Object.entries(costs).map(([name, value]) => [`${prefix}${name}`, value]));

/** Each in a process of its own. */
export const KINDS = Object.freeze({ desk, optimizerApi, evidenceOfOne, evidenceList });
