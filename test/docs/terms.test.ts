import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { page } from './markdown.ts';

const LOCALES = join(import.meta.dirname, '../../resources/locales');

const cells = (row: string): string[] =>
  row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

const [header = '', , ...rows] =
  /^\| en \| es .*\n(?:\|.*\n)+/m.exec(page('CONTRIBUTING.md').text)?.[0].trimEnd().split('\n') ?? [];
const languages = cells(header).slice(0, 6);

type Texts = string | { readonly [key: string]: Texts };

const sentences = (texts: Texts): string[] =>
  typeof texts === 'string' ? [texts] : Object.values(texts).flatMap(sentences);

const textsOf = (language: string): string =>
  readdirSync(join(LOCALES, language))
    .flatMap((file) => sentences(JSON.parse(readFileSync(join(LOCALES, language, file), 'utf8'))))
    .join('\n')
    .toLowerCase();

describe.each(languages.map((language, index) => [language, index] as const))(
  'the terms in %s',
  (language, index) => {
    const texts = textsOf(language);

    it.each(rows.map((row) => cells(row)[index] ?? ''))('%s is what the windows say', (term) => {
      expect(texts).toContain(term);
    });

    it.skipIf(language === 'en')('nothing else is called so', () => {
      const banned = rows.flatMap((row) => (cells(row)[6] ?? '').split(', ')).filter((word) => word !== '');
      expect(banned.filter((word) => new RegExp(`(?<!\\p{L})${word}(?!\\p{L})`, 'u').test(texts))).toEqual(
        [],
      );
    });
  },
);
