import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

const NOT_OURS = new Set(['node_modules', 'out', 'dist', 'coverage']);

/** Files of the repository, relative to its root; what is installed, compiled or hidden is left out. */
export function filesOf(folder = ROOT): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.has(entry.name) || entry.name === '.git' || entry.name === '.cache') return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesOf(path) : [relative(ROOT, path)];
  });
}

export interface Page {
  /** Relative to the root. */
  readonly path: string;
  readonly text: string;
}

/** Everything that is written for people. */
export const pages = (): Page[] =>
  filesOf()
    .filter((path) => path.endsWith('.md'))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));

export const page = (path: string): Page => {
  const found = pages().find((one) => one.path === path);
  if (!found) throw new Error(`no page ${path}`);
  return found;
};

/** Without blocks of code, in which brackets are brackets. */
const withoutCode = (text: string): string =>
  text.replace(/^```[\s\S]*?^```/gm, '').replace(/^ {4,}.*$/gm, '');

export interface Link {
  readonly target: string;
  readonly isPicture: boolean;
}

/** Links and pictures that point into the repository, their targets relative to the root. */
export function linksOf({ path, text }: Page): Link[] {
  return [...withoutCode(text).matchAll(/(!?)\[[^\]]*\]\(([^)\s]+)\)/g)]
    .map(([, mark, target = '']) => ({ target, isPicture: mark === '!' }))
    .filter(({ target }) => !/^[a-z]+:/i.test(target))
    .map(({ target, isPicture }) => {
      const [file = '', anchor] = target.split('#');
      const to = file === '' ? path : join(dirname(path), file);
      return { target: anchor === undefined ? to : `${to}#${anchor}`, isPicture };
    });
}

/** Anchors of the headings, as GitHub makes them. */
export const anchorsOf = ({ text }: Page): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** What stands between backticks, outside blocks of code. */
export const quotesOf = ({ text }: Page): string[] =>
  [...withoutCode(text).matchAll(/`([^`\n]+)`/g)].map(([, quoted = '']) => quoted);

export interface Fence {
  readonly language: string;
  /** What stands behind the language, e.g. `server` in "sh server". */
  readonly argument: string;
  readonly text: string;
}

/** Fenced blocks in their order. */
export const fencesOf = ({ text }: Page): Fence[] =>
  [...text.matchAll(/^```(\w+)(?: (.*))?\n([\s\S]*?)^```$/gm)].map(
    ([, language = '', argument = '', block = '']) => ({ language, argument, text: block }),
  );
