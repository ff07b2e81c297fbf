// Which packages run from node_modules, and which are inside the bundles.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../run.mjs';

/** Left outside the bundles: native libraries, and packages with files of their own that they find by their place. */
export const OUTSIDE = [
  ...['libsql', 'keytar', 'pkcs11js', '@hyzyla/pdfium', 'harfbuzzjs', '@fastify/swagger-ui'],
  ...['tesseract.js-core', '@tesseract.js-data/eng'],
];
/**
 * Keys in a token are for servers, never inside Electron, whose BoringSSL is none of a vendor's library. Identity
 * documents are read at a desk only.
 */
const NOT_IN = { station: ['pkcs11js'], service: ['tesseract.js-core', '@tesseract.js-data/eng'] };

/**
 * @typedef {{ dependencies?: Record<string, string>, optionalDependencies?: Record<string, string>, dev?: boolean,
 *   os?: string[], cpu?: string[], libc?: string[], license?: string, version?: string, name?: string,
 *   resolved?: string, integrity?: string, inBundle?: boolean, devOptional?: boolean }} Locked
 * @typedef {{ platform: string, arch: string, libc?: string }} Target
 */

/** @returns {Record<string, Locked>} by their place: `node_modules/a`, `node_modules/a/node_modules/b` */
export const lockedPackages = () =>
  JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages;

/**
 * @param {string} place
 * @param {Locked} locked
 * @param {Target} target
 */
function isFor(place, { os, cpu, libc = libcOfName(place) }, target) {
  const fits = (/** @type {string[] | undefined} */ list, /** @type {string | undefined} */ value) =>
    list === undefined || value === undefined || list.includes(value);
  return fits(os, target.platform) && fits(cpu, target.arch) && fits(libc, target.libc);
}

/** Some say it in their name only. @param {string} place */
function libcOfName(place) {
  if (/linux-.*musl/.test(place)) return ['musl'];
  return /linux-.*gnu/.test(place) ? ['glibc'] : undefined;
}

/**
 * Packages and what they need.
 * @param {readonly string[]} names
 * @param {Target} [target] without it: for every system
 * @returns {string[]} their places, sorted
 */
export function closureOf(names, target) {
  const locked = lockedPackages();
  const reached = new Set();
  const open = names.map((name) => `node_modules/${name}`);
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const found = locked[place];
    if (found === undefined || reached.has(place)) continue;
    if (target !== undefined && !isFor(place, found, target)) continue;
    reached.add(place);
    for (const name of Object.keys({ ...found.dependencies, ...found.optionalDependencies })) {
      const at = placeOf(name, place, locked);
      if (at !== undefined) open.push(at);
    }
  }
  return [...reached].sort();
}

/**
 * Where Node finds a package that the one at `from` asks for.
 * @param {string} name
 * @param {string} from
 * @param {Record<string, Locked>} locked
 */
function placeOf(name, from, locked) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const place = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (place in locked) return place;
    if (folder === '') return undefined;
  }
}

/**
 * Packages that have to lie in node_modules of a package for this target.
 * @param {Target} target
 * @param {keyof typeof NOT_IN} [part]
 */
export const shippedModules = (target, part = 'station') =>
  closureOf(
    OUTSIDE.filter((name) => !NOT_IN[part].includes(name)),
    target,
  );

/** @param {string} place */
export const nameAt = (place) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);

/**
 * Names of production packages that are inside the bundles or for another system. By name, because electron-builder
 * lays packages out again: what is inside another one here may lie beside it there.
 * @param {Target} target
 */
export function unshippedNames(target) {
  const shipped = new Set(shippedModules(target).map(nameAt));
  const names = Object.entries(lockedPackages())
    .filter(([place, { dev }]) => place !== '' && dev !== true)
    .map(([place]) => nameAt(place))
    .filter((name) => !shipped.has(name));
  return [...new Set(names)].sort();
}
