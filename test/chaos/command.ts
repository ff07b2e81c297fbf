// `npm run chaos -- --minutes 10 --database postgres --seed 7`
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runChaos } from './chaos.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    database: { type: 'string', default: 'sqlite' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    logs: { type: 'string' },
    clients: { type: 'string', default: '3' },
  },
});
const [seconds, seed] = [Number(values.minutes) * 60, Number(values.seed)];
if (!(seconds > 0) || !Number.isInteger(seed) || !['sqlite', 'postgres'].includes(values.database)) {
  throw new Error('--minutes 10 --database sqlite|postgres --seed 7 --clients 3');
}
const { CHAOS_ROOT = '.' } = process.env;
const originals = ['pdftex.pdf', 'libreoffice.pdf', 'chromium.pdf', 'reportlab.pdf'];
console.log(`chaos: ${values.minutes} min on ${values.database}, seed ${seed}`);
const { faults, disturbances, requests, signed, cancelled, reasons, starts } = await runChaos({
  database: values.database as 'sqlite' | 'postgres',
  commandLine: join(CHAOS_ROOT, 'out/main/oneshot.js'),
  ...(values.logs === undefined ? {} : { logs: values.logs }),
  seconds,
  seed,
  clients: Number(values.clients),
  originals: originals.map((name) => join(CHAOS_ROOT, 'test/corpus', name)),
});
for (const [name, count] of [...disturbances].sort()) console.log(`  ${String(count).padStart(4)} x ${name}`);
console.log(`${requests} requests: ${signed} signed, ${cancelled} cancelled by their clients`);
for (const [reason, count] of reasons) console.log(`  ${String(count).padStart(4)} x ${reason}`);
console.log(`${starts.optimizer} starts of the Optimizer, ${starts.service} of the service`);
for (const fault of faults) console.log(`FAULT ${fault}`);
console.log(
  faults.length === 0 ? 'nothing lost, nothing twice, nothing left behind' : `${faults.length} faults`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
