// Loaded into a process with --import: ends it with SIGKILL at its n-th effect on the disk. An effect is what
// makes something last: a flush, a hard link, a rename. Without KILL_AT it counts them and reports the number.
import { writeFileSync } from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const { KILL_AT, KILL_WHEN, EFFECTS_FILE } = process.env;
const last = Number(KILL_AT ?? Number.POSITIVE_INFINITY);
let effects = 0;

/**
 * @template {unknown[]} A, R
 * @param {(...args: A) => Promise<R>} effect
 * @returns {(this: unknown, ...args: A) => Promise<R>}
 */
function deadly(effect) {
  return async function (...args) {
    effects++;
    if (effects === last && KILL_WHEN === 'before') process.kill(process.pid, 'SIGKILL');
    const result = await effect.apply(this, args);
    if (effects === last && KILL_WHEN === 'after') process.kill(process.pid, 'SIGKILL');
    return result;
  };
}

const handle = await promises.open(process.execPath);
const prototype = Object.getPrototypeOf(handle);
await handle.close();
prototype.datasync = deadly(prototype.datasync);
promises.link = deadly(promises.link);
promises.rename = deadly(promises.rename);
syncBuiltinESMExports();

if (EFFECTS_FILE) process.on('exit', () => writeFileSync(EFFECTS_FILE, String(effects)));
