import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const FILES = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).sort();
const MODULES = FILES.filter((path) => path.endsWith('.module.css'));
const textOf = (path: string): string => readFileSync(join(import.meta.dirname, path), 'utf8');
const SOURCES = FILES.filter((path) => /\.tsx?$/.test(path)).map((path) => ({ path, text: textOf(path) }));

const classesOf = (css: string): string[] => [
  ...new Set(
    [...css.replace(/\/\*[\s\S]*?\*\/|:global\([^)]*\)/g, '').matchAll(/\.([A-Za-z][\w-]*)/g)].map(
      ([, name = '']) => name,
    ),
  ),
];

/** Sources that import the module, with the name under which they do. */
const importersOf = (module: string) =>
  SOURCES.flatMap(({ path, text }) =>
    [...text.matchAll(/import (\w+) from '([^']+\.module\.css)'/g)]
      .filter(([, , from = '']) => join(dirname(path), from) === module)
      .map(([, name = '']) => ({ path, text: text.replaceAll(/from '[^']+'/g, ''), name })),
  );

test.each(MODULES)('%s: each class that is used is there, and each that is there is used', (module) => {
  const classes = classesOf(textOf(module));
  const used = new Set<string>();
  const missing: string[] = [];
  for (const { path, text, name } of importersOf(module)) {
    if (new RegExp(`\\b${name}\\[`).test(text)) for (const known of classes) used.add(known); // by a computed name
    for (const [, property = ''] of text.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, 'g'))) {
      used.add(property);
      if (!classes.includes(property)) missing.push(`${path}: ${property}`);
    }
  }
  expect(missing).toEqual([]);
  expect(classes.filter((known) => !used.has(known))).toEqual([]);
});
