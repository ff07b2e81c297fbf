import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const SOURCE = join(import.meta.dirname, '../../src');

const sources = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((path) =>
  /(?<!\.test)\.tsx?$/.test(path),
);

/** A sentence about what is thrown, where editors and readers look for `@throws`. */
const PROSE = /(?:\/\*\*|\n\s*\*|[.:;)`])\s(?:Throws (?!it away|nothing)|Rejects with )[^\n]*/g;

it('what a function throws stands behind @throws', () => {
  const found = sources.flatMap((path) =>
    (readFileSync(join(SOURCE, path), 'utf8').match(/\/\*\*[\s\S]*?\*\//g) ?? []).flatMap((comment) =>
      (comment.match(PROSE) ?? []).map((sentence) => `${path}: ${sentence.trim()}`),
    ),
  );
  expect(found).toEqual([]);
});
