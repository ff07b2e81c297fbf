import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isErrorCode } from '../../src/contract/errors.ts';
import { page, pages, ROOT } from './markdown.ts';

const source = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

describe('a new command', () => {
  const files = readdirSync(join(ROOT, 'src/cli/commands')).filter((name) => !name.endsWith('.test.ts'));

  it.each(files)('%s has its line in oneshot.ts', (file) => {
    expect(source('src/cli/oneshot.ts')).toContain(`'./commands/${file}'`);
  });

  it.each(files)('%s has its row in docs/command-line.md', (file) => {
    const rows = page('docs/command-line.md').text;
    const names = [...source(`src/cli/commands/${file}`).matchAll(/program\s*\.command\('([a-z-]+)/g)];
    expect(names.length).toBeGreaterThan(0);
    for (const [, name = ''] of names) expect(rows).toMatch(new RegExp(`\`oneshot ${name}\\b`));
  });
});

it('the documents name only error codes that there are', () => {
  const unknown = pages()
    .filter(({ path }) => path !== 'CHANGELOG.md')
    .flatMap(({ path, text }) =>
      [...text.matchAll(/\bOSS_[A-Z]+(?:_[A-Z]+)*\b(?!_)/g)]
        .filter(([code]) => !isErrorCode(code))
        .map(([code]) => `${path}: ${code}`),
    );
  expect(unknown).toEqual([]);
});
