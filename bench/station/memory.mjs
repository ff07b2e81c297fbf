// Memory of a process and everything that it started, shared pages counted once (Linux: PSS).
import { readdirSync, readFileSync } from 'node:fs';

/** @param {number} root @returns {number[]} */
function processTree(root) {
  const parents = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = parentOf(Number(name));
    if (parent !== undefined) parents.set(Number(name), parent);
  }
  const tree = [root];
  for (const pid of tree) for (const [child, parent] of parents) if (parent === pid) tree.push(child);
  return tree;
}

/** The name of the program, in brackets, may itself hold brackets and spaces. @param {number} pid */
function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined; // ended meanwhile
  }
}

/** @param {number} pid */
function proportionalBytes(pid) {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
  } catch {
    return 0; // ended meanwhile
  }
}

/** @param {number} root */
export const memoryOfTree = (root) => processTree(root).reduce((sum, pid) => sum + proportionalBytes(pid), 0);
