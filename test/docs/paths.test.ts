import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { LANGUAGES } from '../../src/contract/model/language.ts';
import { anchorsOf, filesOf, linksOf, type Page, page, pages, quotesOf, ROOT } from './markdown.ts';

const files = filesOf();
const folders = new Set(
  files.flatMap((file) => {
    const parts = file.split('/').slice(0, -1);
    return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  }),
);
const exists = (path: string): boolean => existsSync(join(ROOT, path));

/** What is made by compiling or by running the tests is not in a clone. */
const IS_MADE = /^(out|\.cache)\//;
const IN_THE_TREE = /^(src|test|docs|scripts|resources|bench|\.ci|\.vscode)\/[\w./*-]*$/;
const SOURCE_FILE = /^[\w./-]+\.(ts|tsx|mjs|cjs)$/;

/** Paths of the repository that a page names: from the root, or the end of a source file's path. */
function pathsNamedBy(one: Page): string[] {
  return quotesOf(one)
    .map((quoted) => quoted.replace(/^node /, ''))
    .filter((quoted) => (IN_THE_TREE.test(quoted) || SOURCE_FILE.test(quoted)) && !IS_MADE.test(quoted));
}

function isThere(path: string): boolean {
  if (path.includes('/LANG/')) {
    // English errors are the table of errors itself.
    const languages = LANGUAGES.filter((language) => language !== 'en' || !path.endsWith('/errors.json'));
    return languages.every((language) => exists(path.replace('LANG', language)));
  }
  if (path.includes('*')) return true;
  return exists(path) || files.some((file) => file.endsWith(`/${path}`));
}

describe.each(pages())('$path', (one) => {
  it('names files and folders that exist', () => {
    expect(pathsNamedBy(one).filter((path) => !isThere(path))).toEqual([]);
  });

  it('links to pages, headings and pictures that exist', () => {
    const broken = linksOf(one).filter(({ target }) => {
      const [file = '', anchor] = target.split('#');
      if (!exists(file)) return true;
      return anchor !== undefined && !anchorsOf(page(file)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('names scripts that package.json has', () => {
    const named = [...one.text.matchAll(/npm run ([a-z:]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in manifest.scripts))).toEqual([]);
  });
});

it('finds what does not exist', () => {
  const wrong = {
    path: 'README.md',
    text: 'See `src/nowhere/x.ts`, `gone.test.ts` and [this](docs/gone.md).',
  };
  expect(pathsNamedBy(wrong).filter((path) => !isThere(path))).toEqual(['src/nowhere/x.ts', 'gone.test.ts']);
  expect(linksOf(wrong).filter(({ target }) => !exists(target))).toHaveLength(1);
});

it('the pictures of the README are light', () => {
  const pictures = linksOf(page('README.md')).filter(({ isPicture }) => isPicture);
  expect(pictures.length).toBeGreaterThan(0);
  for (const { target } of pictures) expect(statSync(join(ROOT, target)).size).toBeLessThan(120_000);
});

describe('the layout in CONTRIBUTING', () => {
  /** What the drawing of the tree says below each folder of the root or of src. */
  function layout(): Map<string, string> {
    const block = /## Layout\n+```\n([\s\S]*?)```/.exec(page('CONTRIBUTING.md').text)?.[1] ?? '';
    const described = new Map<string, string>();
    let current = '';
    for (const line of block.trimEnd().split('\n')) {
      const [, indent = '', name, rest = ''] = /^( {0,2})([a-z-]+)\/ *(.*)$/.exec(line) ?? [];
      if (name !== undefined) current = indent === '' ? name : `src/${name}`;
      described.set(current, `${described.get(current) ?? ''} ${name === undefined ? line : rest}`);
    }
    return described;
  }
  const foldersIn = (words: string): string[] =>
    [...words.matchAll(/([\w-]+)\//g)].map(([, name = '']) => name);

  it('names folders that exist', () => {
    const missing = [...layout()].flatMap(([folder, words]) => [
      ...(folders.has(folder) ? [] : [folder]),
      ...foldersIn(words)
        .filter((name) => ![...folders].some((path) => path.startsWith(folder) && path.endsWith(`/${name}`)))
        .map((name) => `${folder}: ${name}`),
    ]);
    expect(missing).toEqual([]);
  });

  it('has every folder of the source, and every folder of each part', () => {
    const described = layout();
    const parts = [...folders].filter((path) => /^(src\/[^/]+|test|bench|resources)$/.test(path));
    const left = parts.flatMap((part) => {
      const words = described.get(part);
      if (words === undefined) return [part];
      // The windows' parts are the windows.
      const inside = [...folders].filter(
        (path) => path.startsWith(`${part}/`) && !path.slice(part.length + 1).includes('/'),
      );
      const named = foldersIn(words);
      return inside.filter((path) => !named.includes(path.slice(part.length + 1)));
    });
    expect(left).toEqual([]);
  });
});
