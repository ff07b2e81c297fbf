// `node scripts/architecture.mjs` writes docs/architecture.md: the import rules as a picture. A test compares the
// file with what this makes of the rules.
import { readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from './run.mjs';

export const ARCHITECTURE_FILE = join(ROOT, 'docs', 'architecture.md');
/** Everything may import it; its arrows would hide the others. */
const LEAF = 'base';

/**
 * @typedef {{ name: string, comment?: string, from: { path?: string }, to: { pathNot?: string } }} Rule
 * @typedef {{ part: string, allowed: string[], comment: string }} Part
 */

/**
 * What each folder of src may import, as `.dependency-cruiser.cjs` has it.
 * @returns {Part[]} in the order of the rules: from the ground up
 */
function partsOfRules() {
  /** @type {{ forbidden: Rule[] }} */
  const { forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs');
  return forbidden.flatMap(({ from, to, comment = '' }) => {
    const part = /^\^src\/([a-z-]+)\/$/.exec(from.path ?? '')?.[1];
    const allowed = /^\^src\/\(([a-z|-]+)\)\/$/.exec(to.pathNot ?? '')?.[1];
    if (part === undefined || allowed === undefined) return [];
    return [{ part, allowed: allowed.split('|').filter((name) => name !== part), comment }];
  });
}

/** Folders of src that no rule speaks of. */
export function partsWithoutRule() {
  const known = new Set(partsOfRules().map(({ part }) => part));
  return readdirSync(join(ROOT, 'src')).filter((name) => !known.has(name));
}

/**
 * An arrow that a longer way implies is left out of the picture, not out of the table.
 * @param {readonly Part[]} parts
 * @returns {[string, string][]}
 */
function drawnArrows(parts) {
  const allowedOf = new Map(parts.map(({ part, allowed }) => [part, allowed]));
  /** @param {string} from @param {string} to @returns {boolean} */
  const reaches = (from, to) => (allowedOf.get(from) ?? []).some((next) => next === to || reaches(next, to));
  return parts.flatMap(({ part, allowed }) =>
    allowed
      .filter((target) => target !== LEAF)
      .filter((target) => !allowed.some((other) => other !== target && reaches(other, target)))
      .map((target) => /** @type {[string, string]} */ ([part, target])),
  );
}

/** @returns {string} the text of docs/architecture.md */
export function architecturePage() {
  const parts = partsOfRules();
  const arrows = drawnArrows(parts).map(([from, to]) => `  ${from} --> ${to}`);
  const rows = parts.map(
    ({ part, allowed, comment }) => `| \`src/${part}\` | ${allowed.join(', ') || 'nothing'} | ${comment} |`,
  );
  return `# Architecture

Made from the import rules by \`node scripts/architecture.mjs\`; a wrong import fails \`npm run check\`. An arrow points from what imports to what is imported. Everything may import \`${LEAF}\`, so its arrows are left out, and so is an arrow that a longer way already implies.

\`\`\`mermaid
flowchart BT
${arrows.join('\n')}
\`\`\`

| folder | may import | because |
| --- | --- | --- |
${rows.join('\n')}

What each folder is for: [CONTRIBUTING.md](../CONTRIBUTING.md#layout). Narrower rules inside the folders (indexes, the order inside the REST API, what is loaded only when it is needed): \`.dependency-cruiser.cjs\`.
`;
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(ARCHITECTURE_FILE, architecturePage());
  console.log(ARCHITECTURE_FILE);
}
