// What an archive signature (B-LTA) of a large document costs beside copying and hashing it once: `npm run bench --
// archive`, after a build. The whole command is measured, with the embedded service; what it costs for a small
// document, which is its start and the time stamps, is taken off. Says too how often each byte was read and written.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ROOT } from '../../scripts/run.mjs';
import { writeScans } from '../station/documents.mjs';
import { note } from '../summary/note.mjs';

const PROGRAM = join(ROOT, 'out', 'main', 'oneshot.js');
const BYTES = Number(process.env.BENCH_BYTES ?? 1e9);
const TARGET = 1.15;
const RUNS = 2;
const SIGNER = [
  ...['--given-name', 'Ada', '--surname', 'Lovelace', '--id-type', 'PAS', '--id-country', 'GB'],
  ...[
    '--id-number',
    '533401372',
    '--email',
    'ada@example.com',
    '--phone',
    '+34600111222',
    '--otp',
    'sandbox',
  ],
];

/** One reading, one writing, one hash, side by side. @param {string} path @param {string} to */
async function copyAndHash(path, to) {
  const begun = performance.now();
  const hash = createHash('sha256');
  const source = createReadStream(path, { highWaterMark: 1024 * 1024 });
  source.on('data', (chunk) => hash.update(chunk));
  await pipeline(source, createWriteStream(to, { highWaterMark: 1024 * 1024 }));
  hash.digest();
  rmSync(to);
  return performance.now() - begun;
}

/** Bytes that a process and those below it have asked the system for. @param {number} pid @param {Map<number, number[]>} seen */
function look(pid, seen) {
  try {
    const io = readFileSync(`/proc/${pid}/io`, 'utf8');
    const of = (/** @type {string} */ name) =>
      Number(new RegExp(`^${name}: (\\d+)$`, 'm').exec(io)?.[1] ?? 0);
    seen.set(pid, [of('rchar'), of('wchar')]);
    for (const task of readdirSync(`/proc/${pid}/task`)) {
      const children = readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim();
      for (const child of children === '' ? [] : children.split(' ')) look(Number(child), seen);
    }
  } catch {
    // It has ended meanwhile.
  }
}

/** @param {string} path @param {string} folder */
async function signed(path, folder) {
  const out = mkdtempSync(join(folder, 'signed-'));
  const begun = performance.now();
  const given = ['sign', path, '--out', out, '--level', 'B-LTA', ...SIGNER];
  const env = { ...process.env, ONESHOT_DATA: join(out, 'data') };
  const child = spawn(process.execPath, [PROGRAM, ...given], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  /** @type {Map<number, number[]>} */
  const seen = new Map();
  const watch = setInterval(() => look(child.pid ?? 0, seen), 20);
  const code = await new Promise((settle) => child.on('close', settle));
  clearInterval(watch);
  const ms = performance.now() - begun;
  if (code !== 0) throw new Error(`not signed: ${code}`);
  rmSync(out, { recursive: true });
  const sum = (/** @type {number} */ which) =>
    [...seen.values()].reduce((all, one) => all + (one[which] ?? 0), 0);
  return { ms, read: sum(0), written: sum(1) };
}

const folder = mkdtempSync(join(tmpdir(), 'archive-bench-'));
try {
  const small = join(ROOT, 'test', 'corpus', 'pdftex.pdf');
  const large = join(folder, 'large.pdf');
  await writeScans(large, BYTES);
  const size = statSync(large).size;
  const best = {
    limit: Number.POSITIVE_INFINITY,
    small: Number.POSITIVE_INFINITY,
    large: Number.POSITIVE_INFINITY,
  };
  let counted = { read: 0, written: 0 };
  for (let run = 0; run < RUNS; run += 1) {
    best.limit = Math.min(best.limit, await copyAndHash(large, join(folder, 'copy')));
    const little = await signed(small, folder);
    best.small = Math.min(best.small, little.ms);
    const { ms, read, written } = await signed(large, folder);
    // Without the program's own files.
    if (ms < best.large) counted = { read: read - little.read, written: written - little.written };
    best.large = Math.min(best.large, ms);
  }
  const value = best.large - best.small;
  note({ what: `archive ${(size / 1e6).toFixed(0)} MB at B-LTA`, value, unit: 'ms', limit: best.limit });
  const ratio = value / best.limit;
  console.log(
    `${(size / 1e6).toFixed(0)} MB at B-LTA: ${value.toFixed(0)} ms over a small document (${best.small.toFixed(0)} ms); copy + SHA-256 ${best.limit.toFixed(0)} ms: ${ratio.toFixed(2)} x, target ${TARGET}: ${ratio <= TARGET ? 'met' : 'MISSED'}`,
  );
  if (process.platform === 'linux')
    console.log(
      `each byte read ${(counted.read / size).toFixed(1)} times, written ${(counted.written / size).toFixed(1)} times`,
    );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
