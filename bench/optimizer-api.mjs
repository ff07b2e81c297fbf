// 200 parallel clients against the Optimizer's API: `node bench/optimizer-api.mjs [seconds] [clients]`.
// Small calls (status, list, hello) are timed; a few clients sign whole documents meanwhile.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { COMMAND_LINE } from '../scripts/build.mjs';

const [seconds = 60, clients = 200] = process.argv.slice(2).map(Number);
/** How many of the clients sign, one document after the other. */
const SIGNERS = Math.max(1, Math.floor(clients / 50));
/** Between two small calls of one client: an application that asks for a state, not a loop. */
const PAUSE_MS = 400;
const PDF = readFileSync(join(import.meta.dirname, '../test/corpus/pdftex.pdf'));

const data = mkdtempSync(join(tmpdir(), 'bench-optimizer-'));
const child = spawn(
  process.execPath,
  [COMMAND_LINE, 'optimizer', '--sandbox', '--drop-in', '--fixed-otp', '000000', '--json', '--data', data],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
const [ready] = await once(createInterface(child.stdout), 'line');
const base = `${JSON.parse(ready).url}/api/v1`;
/** @type {number[]} */
const times = [];
/** @type {number[]} */
const memory = [];
let failures = 0;
let signed = 0;
let phone = 100_000;

/**
 * @param {string} path
 * @param {{ method?: 'GET' | 'POST', body?: string | FormData, timed?: boolean }} [options]
 */
async function call(path, { method = 'GET', body, timed = false } = {}) {
  const start = performance.now();
  const answer = await fetch(`${base}${path}`, {
    method,
    ...(body === undefined ? {} : { body }),
    ...(typeof body === 'string' ? { headers: { 'content-type': 'application/json' } } : {}),
  });
  const text = await answer.text();
  if (timed) times.push(performance.now() - start);
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text).details;
}

async function sign() {
  const [token] = Object.keys(await call('/tokens'));
  const signer = {
    given_name: 'A',
    surname_1: 'B',
    email: 'a@example.com',
    mobile_phone_number: `+34600${phone++}`,
  };
  const pk = await call('/request', { method: 'POST', body: JSON.stringify({ token, ...signer }) });
  const form = new FormData();
  form.append('file', new Blob([PDF]), 'a.pdf');
  await call(`/document/${pk}`, { method: 'POST', body: form });
  await call(`/otp/${pk}`, { method: 'POST' });
  await call(`/sign/${pk}`, { method: 'POST', body: JSON.stringify({ secret: '000000' }) });
  signed++;
  return pk;
}

/** @param {() => Promise<unknown>} step @param {number} pause */
async function repeat(step, pause) {
  await new Promise((settle) => setTimeout(settle, Math.random() * pause));
  while (performance.now() < end) {
    await step().catch((error) => {
      failures++;
      if (failures < 5) console.error(error.message);
    });
    await new Promise((settle) => setTimeout(settle, pause));
  }
}

/** Resident memory of the Optimizer in MiB (Linux). */
const residentMiB = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024;

const known = await sign();
const paths = [`/request/${known}`, `/documents/${known}`, `/async/status/${known}`, '/hello', '/tokens'];
const end = performance.now() + seconds * 1000;
const timer = setInterval(() => memory.push(residentMiB()), 1000);
await Promise.all(
  Array.from({ length: clients }, (_, n) =>
    n < SIGNERS
      ? repeat(sign, PAUSE_MS)
      : repeat(() => call(paths[Math.floor(Math.random() * paths.length)] ?? '', { timed: true }), PAUSE_MS),
  ),
);
clearInterval(timer);
times.sort((a, b) => a - b);
/** @param {number} share */
const quantile = (share) => Number((times[Math.floor(times.length * share)] ?? 0).toFixed(1));
const third = Math.floor(memory.length / 3);
/** @param {number[]} values */
const mean = (values) =>
  Math.round(values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length));
console.log(
  JSON.stringify({
    seconds,
    clients,
    smallCalls: times.length,
    perSecond: Math.round(times.length / seconds),
    signed,
    failures,
    p50: quantile(0.5),
    p95: quantile(0.95),
    p99: quantile(0.99),
    memoryMiB: { second: mean(memory.slice(third, 2 * third)), last: mean(memory.slice(2 * third)) },
  }),
);
child.kill('SIGTERM');
await once(child, 'exit');
rmSync(data, { recursive: true });
