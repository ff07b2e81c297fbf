import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { page } from './markdown.ts';

const ROOT = join(import.meta.dirname, '../..');
const NUMBER = /\b(?:CE|LT|OC|PA|RE|TS)-\d{2}\b/g;

const explained =
  page('docs/rules.md')
    .text.match(/^\| [A-Z]{2}-\d{2} \|/gm)
    ?.map((row) => row.slice(2, 7)) ?? [];

function named(): Set<string> {
  const files = ['src', 'test', 'bench', 'scripts'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(ts|tsx|mjs)$/.test(path))
      .map((path) => join(ROOT, folder, path)),
  );
  return new Set(files.flatMap((file) => readFileSync(file, 'utf8').match(NUMBER) ?? []));
}

it('every rule that the source names by its number is explained once, and no other', () => {
  expect([...explained].sort()).toEqual([...named()].sort());
});

it('each explanation says what a rule demands', () => {
  for (const row of page('docs/rules.md').text.match(/^\| [A-Z]{2}-\d{2} \|.*$/gm) ?? []) {
    expect(row.split('|')[2]?.trim().length, row).toBeGreaterThan(20);
  }
});
