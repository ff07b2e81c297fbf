// Folders that import each other, directly or round a circle: each is then a part of the other. dependency-cruiser sees
// cycles of files; this sees those of the folders beside each other, at every depth of src. A test wants none.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { ROOT } from './run.mjs';

const IMPORT = /(?:from|import\()\s*'(\.[^']+)'/g;

/** @returns {string[]} every source file that is no test, from the root of the repository */
const sources = () =>
  readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.(test|fixture)\.tsx?$/.test(path))
    .map((path) => join('src', path));

/**
 * @param {string} from
 * @param {string} to
 * @returns {[string, string] | undefined} the folders beside each other in which the two files are
 */
function siblings(from, to) {
  const [one, other] = [from.split(sep), to.split(sep)];
  let depth = 0;
  while (one[depth] === other[depth]) depth++;
  if (depth >= one.length - 1 || depth >= other.length - 1) return undefined;
  return [one.slice(0, depth + 1).join('/'), other.slice(0, depth + 1).join('/')];
}

/**
 * @param {ReadonlyMap<string, ReadonlySet<string>>} arrows
 * @param {string} from
 * @param {string} to
 * @param {Set<string>} seen
 * @returns {boolean}
 */
function reaches(arrows, from, to, seen = new Set()) {
  if (seen.has(from)) return false;
  seen.add(from);
  return [...(arrows.get(from) ?? [])].some((next) => next === to || reaches(arrows, next, to, seen));
}

/** @returns {string[]} `folder -> folder` for every arrow of a circle */
export function folderCycles() {
  /** @type {Map<string, Set<string>>} */
  const arrows = new Map();
  for (const file of sources()) {
    for (const [, path = ''] of readFileSync(join(ROOT, file), 'utf8').matchAll(IMPORT)) {
      const pair = siblings(file, normalize(join(dirname(file), path)));
      if (pair) arrows.set(pair[0], (arrows.get(pair[0]) ?? new Set()).add(pair[1]));
    }
  }
  return [...arrows]
    .flatMap(([from, targets]) => [...targets].map((to) => ({ from, to })))
    .filter(({ from, to }) => reaches(arrows, to, from))
    .map(({ from, to }) => `${from} -> ${to}`)
    .sort();
}
