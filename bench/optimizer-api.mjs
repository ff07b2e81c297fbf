// Parallel clients against the Optimizer's API: `node bench/optimizer-api.mjs [seconds] [clients]` after a build.
// Small calls (state, lists, hello) are timed while a few clients sign whole documents. Then the same clients call a
// bare server of Node instead, with the same signing going on beside it: what machine and client allow at best.
// NODE_FOR_OPTIMIZER takes arguments for its Node, e.g. `--cpu-prof --cpu-prof-dir=.cache/profiles`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { COMMAND_LINE } from '../scripts/build.mjs';

const [seconds = 60, clients = 200] = process.argv.slice(2).map(Number);
/** How many of the clients sign, one document after the other. */
const SIGNERS = Math.max(1, Math.floor(clients / 50));
/** Between two small calls of one client: an application that asks for a state, not a loop. */
const PAUSE_MS = 400;
const WARM_UP_S = 5;
const TARGET_P99_MS = 100;
const PDF = readFileSync(join(import.meta.dirname, '../test/corpus/pdftex.pdf'));
/** Says on its first line where it answers, as the Optimizer does. */
const BARE_SERVER = `
  const server = require('node:http').createServer((request, response) => {
    response.setHeader('content-type', 'application/json').end('{"status":"200 OK","details":"Hello"}');
  }).listen(0, '127.0.0.1', () => {
    console.log(JSON.stringify({ url: 'http://127.0.0.1:' + server.address().port }));
  });`;

/** @param {string[]} args */
async function start(args) {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [ready] = await once(createInterface(child.stdout), 'line');
  return { child, base: `${JSON.parse(ready).url}/api/v1` };
}

const data = mkdtempSync(join(tmpdir(), 'bench-optimizer-'));
const optimizer = await start([
  ...(process.env.NODE_FOR_OPTIMIZER?.split(' ') ?? []),
  ...[COMMAND_LINE, 'optimizer', '--sandbox', '--drop-in', '--fixed-otp', '000000', '--json', '--data', data],
]);
const bare = await start(['-e', BARE_SERVER]);

/**
 * @param {string} url
 * @param {{ method?: 'GET' | 'POST', body?: string | FormData }} [options]
 */
async function call(url, { method = 'GET', body } = {}) {
  const response = await fetch(url, {
    method,
    ...(body === undefined ? {} : { body }),
    ...(typeof body === 'string' ? { headers: { 'content-type': 'application/json' } } : {}),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return JSON.parse(text).details;
}

let phone = 100_000;

/** The guide's steps with one document. @returns {Promise<number>} */
async function sign() {
  const { base } = optimizer;
  const [token] = Object.keys(await call(`${base}/tokens`));
  const signer = {
    given_name: 'A',
    surname_1: 'B',
    email: 'a@example.com',
    mobile_phone_number: `+34600${phone++}`,
  };
  const pk = await call(`${base}/request`, { method: 'POST', body: JSON.stringify({ token, ...signer }) });
  const form = new FormData();
  form.append('file', new Blob([PDF]), 'a.pdf');
  await call(`${base}/document/${pk}`, { method: 'POST', body: form });
  await call(`${base}/otp/${pk}`, { method: 'POST' });
  await call(`${base}/sign/${pk}`, { method: 'POST', body: JSON.stringify({ secret: '000000' }) });
  return pk;
}

/** Resident memory of the Optimizer in MiB (Linux). */
const residentMiB = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${optimizer.child.pid}/status`, 'utf8'))?.[1]) / 1024;

/** @param {number} ms */
const pause = (ms) => new Promise((settle) => setTimeout(settle, ms));

/**
 * All clients at once.
 * @param {string} base   where the small calls go
 * @param {string[]} paths
 * @param {number} duration   seconds
 */
async function load(base, paths, duration) {
  /** @type {number[]} */
  const times = [];
  /** @type {number[]} */
  const memory = [];
  let failures = 0;
  let signed = 0;
  const end = performance.now() + duration * 1000;
  /** @param {() => Promise<unknown>} step */
  const repeat = async (step) => {
    await pause(Math.random() * PAUSE_MS);
    while (performance.now() < end) {
      await step().catch((error) => {
        if (failures++ < 5) console.error(error.message);
      });
      await pause(PAUSE_MS);
    }
  };
  const small = async () => {
    const path = paths[Math.floor(Math.random() * paths.length)] ?? '';
    const began = performance.now();
    await call(`${base}${path}`);
    times.push(performance.now() - began);
  };
  const signOne = async () => {
    await sign();
    signed++;
  };
  const timer = setInterval(() => memory.push(residentMiB()), 1000);
  await Promise.all(Array.from({ length: clients }, (_, n) => repeat(n < SIGNERS ? signOne : small)));
  clearInterval(timer);
  times.sort((a, b) => a - b);
  /** @param {number} share */
  const quantile = (share) => Number((times[Math.floor(times.length * share)] ?? 0).toFixed(1));
  return {
    calls: times.length,
    perSecond: Math.round(times.length / duration),
    signed,
    failures,
    p50: quantile(0.5),
    p95: quantile(0.95),
    p99: quantile(0.99),
    memory,
  };
}

const known = await sign();
const paths = [`/request/${known}`, `/documents/${known}`, `/async/status/${known}`, '/hello', '/tokens'];
await load(optimizer.base, paths, WARM_UP_S);
const [{ memory, ...ours }, { memory: _, ...limit }] = [
  await load(optimizer.base, paths, seconds),
  await load(bare.base, paths, Math.min(seconds, 30)),
];
const third = Math.floor(memory.length / 3);
/** @param {number[]} values */
const mean = (values) =>
  Math.round(values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length));
/** @param {'p50' | 'p95' | 'p99'} quantile */
const ratio = (quantile) => Number((ours[quantile] / limit[quantile]).toFixed(2));
console.log(
  JSON.stringify(
    {
      seconds,
      clients,
      processors: cpus().length,
      load: Number(loadavg()[0]?.toFixed(1)),
      optimizer: {
        ...ours,
        memoryMiB: {
          first: mean(memory.slice(0, third)),
          second: mean(memory.slice(third, 2 * third)),
          last: mean(memory.slice(2 * third)),
        },
      },
      bareServer: limit,
      ratio: { p50: ratio('p50'), p95: ratio('p95'), p99: ratio('p99') },
      target: { failures: 0, p99: TARGET_P99_MS, met: ours.failures === 0 && ours.p99 < TARGET_P99_MS },
    },
    null,
    2,
  ),
);
for (const { child } of [optimizer, bare]) {
  child.kill('SIGTERM');
  await once(child, 'exit');
}
rmSync(data, { recursive: true });
