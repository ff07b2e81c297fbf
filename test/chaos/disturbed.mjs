// Loaded into a process with --import: its clock, and where no disk can be filled its writing, do what the file
// DISTURBANCE says: {"clock": milliseconds, "disk": "full"}.
import { readFileSync } from 'node:fs';
import promises from 'node:fs/promises';

const { DISTURBANCE = '' } = process.env;
const RealDate = Date;
let clock = 0;
let isFull = false;

function look() {
  try {
    const said = JSON.parse(readFileSync(DISTURBANCE, 'utf8'));
    clock = Number(said.clock ?? 0);
    isFull = said.disk === 'full';
  } catch {
    // Half written: what was said before holds.
  }
}
look();
setInterval(look, 100).unref();

/** Enough of it for programs: nobody calls it as a function. */
const DisturbedDate = class extends RealDate {
  /** @param {...any} given */
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + clock);
    // @ts-expect-error The constructor is overloaded.
    else super(...given);
  }

  /** @override */
  static now() {
    return RealDate.now() + clock;
  }
};
Object.assign(globalThis, { Date: DisturbedDate });

const handle = await promises.open(process.execPath);
const prototype = Object.getPrototypeOf(handle);
await handle.close();
for (const name of ['write', 'writeFile']) {
  const real = prototype[name];
  /** @param {...unknown} given */
  prototype[name] = async function (...given) {
    if (isFull) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    return real.apply(this, given);
  };
}
