import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ARCHITECTURE_FILE, architecturePage, partsWithoutRule } from '../../scripts/architecture.mjs';
import { folderCycles } from '../../scripts/folder-cycles.mjs';
import { page, pages } from './markdown.ts';

it('the index of decisions has every decision under its number and title', () => {
  const decisions = pages().filter(({ path }) => /^docs\/decisions\/\d/.test(path));
  expect(decisions.length).toBeGreaterThan(10);
  const lines = decisions
    .map(({ path, text }) => {
      const file = path.replace('docs/decisions/', '');
      const [, number, title] = /^# (\d+)\. (.+)\n/.exec(text) ?? [];
      expect(Number(file.slice(0, 4)), `${file} begins with "# its number. its title"`).toBe(Number(number));
      return `${number}. [${title}](${file})`;
    })
    .sort((one, other) => Number.parseInt(one, 10) - Number.parseInt(other, 10));
  const listed = page('docs/decisions/README.md').text.match(/^\d+\. .*$/gm);
  expect(listed).toEqual(lines);
  expect(new Set(lines.map((line) => line.split('.')[0])).size, 'each number once').toBe(lines.length);
});

it('the picture of the architecture is what the import rules say', () => {
  expect(readFileSync(ARCHITECTURE_FILE, 'utf8'), 'run node scripts/architecture.mjs').toBe(
    architecturePage(),
  );
});

it('every part of the source has its import rule', () => {
  expect(partsWithoutRule()).toEqual([]);
});

it('no folder of the source imports one that imports it, not even round a circle', () => {
  expect(folderCycles()).toEqual([]);
});
