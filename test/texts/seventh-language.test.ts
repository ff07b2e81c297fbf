import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/contract/model/languages.ts';
import type * as Catalogue from '../../src/texts/catalogue.fixture.ts';

const LIST = 'src/contract/model/languages.ts';
/** Galician: what a bank of the same country would ask for next. */
const SEVENTH = 'gl';

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(ts|tsx|html|css)$/.test(path) && !/\.test\.tsx?$/.test(path))
  .map((path) => ({ path: join('src', path), text: readFileSync(join('src', path), 'utf8') }));

describe('the source names its languages in one place', () => {
  const foreign = LANGUAGES.filter((language) => language !== 'en');
  /** One alone may be a word or a folder (`ca`, `it`); a list of languages is two. */
  const named = (text: string): boolean =>
    foreign.filter((code) => new RegExp(`'${code}'|"${code}"|^\\s*${code}:|locales/${code}/`, 'm').test(text))
      .length > 1;

  it('which is the list', () => {
    expect(sources.filter(({ text }) => named(text)).map(({ path }) => path)).toEqual([LIST]);
  });

  it('and a list of languages anywhere else would be seen', () => {
    expect(named("import a from 'locales/es/a.json'; import b from 'locales/fr/a.json';")).toBe(true);
    expect(named('  ca: {},\n  it: {},')).toBe(true);
  });
});

/** Marks every text, so that none can come from another folder. */
const marked = (node: unknown): unknown => {
  if (typeof node === 'string') return `${SEVENTH}·${node}`;
  if (Array.isArray(node)) return node.map(marked);
  return Object.fromEntries(Object.entries(node as object).map(([key, value]) => [key, marked(value)]));
};

describe('a seventh language is a folder and a word in the list', () => {
  let root = '';
  let found: typeof Catalogue;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'seventh-'));
    for (const folder of ['src/texts', 'src/contract', 'src/base', 'resources/locales', 'package.json'])
      cpSync(folder, join(root, folder), { recursive: true });
    symlinkSync(resolve('node_modules'), join(root, 'node_modules'));

    const list = join(root, LIST);
    writeFileSync(list, readFileSync(list, 'utf8').replace("'fr']", `'fr', '${SEVENTH}']`));
    const [from, to] = [join(root, 'resources/locales/en'), join(root, 'resources/locales', SEVENTH)];
    cpSync(from, to, { recursive: true });
    for (const name of readdirSync(to)) {
      const texts = readFileSync(join(to, name), 'utf8');
      writeFileSync(join(to, name), JSON.stringify(marked(JSON.parse(texts))));
    }

    await build({
      root,
      configFile: false,
      logLevel: 'error',
      build: {
        ssr: 'src/texts/catalogue.fixture.ts',
        outDir: join(root, 'out'),
        rollupOptions: { output: { entryFileNames: 'catalogue.mjs' } },
      },
    });
    found = (await import(pathToFileURL(join(root, 'out/catalogue.mjs')).href)) as typeof Catalogue;
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('which the contract then knows', () => {
    expect(found.languageSchema.parse(SEVENTH)).toBe(SEVENTH);
    expect(found.LANGUAGES).toEqual([...LANGUAGES, SEVENTH]);
  });

  it('and in which every kind of text is there', () => {
    const kinds = readdirSync('resources/locales/en').map((name) => name.replace(/\.json$/, ''));
    expect(Object.keys(found.CATALOGUE).sort()).toEqual(kinds.sort());
    for (const [kind, texts] of Object.entries(found.CATALOGUE)) {
      const own = JSON.stringify((texts as Readonly<Record<string, object>>)[SEVENTH]);
      expect(own, kind).toContain(`${SEVENTH}·`);
    }
  });

  it('and in which refusals, errors, notes and changes are said', () => {
    for (const sentence of found.sentencesIn(SEVENTH as 'en')) expect(sentence).toMatch(/^gl·/);
  });
});
