import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/run.mjs';

/** What reads as translated, and what an engineer of the field says instead. */
const INSTEAD: readonly (readonly [RegExp, string])[] = [
  [/\bwhoever\b/i, 'anyone who, no matter who'],
  [/\banew\b/i, 'again'],
  [/\bat hand\b/i, 'available, current'],
  [/\b(could not|cannot|can) be had\b/i, 'obtained'],
  [/\bhas not the (\d+|\$\{[^}]+\}) digits\b/i, 'must have … digits'],
  [/nonsense/i, 'invalid, garbage'],
  [/\b(SignatureHole|appendHole|HoleOptions)/, 'placeholder'],
  [/\b(glanceAtFile|openBehind|openKept)\b/, 'a name that says what it gives'],
  [/\bclass Story\b/, 'what the journal tells'],
  [/\b(ErrorAnswer|SignAnswer|TokenAnswer|toErrorAnswer)\b/, 'response'],
];

const files = execFileSync('git', ['ls-files', 'src', 'docs', 'resources/locales', '*.md'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /\.(ts|tsx|css|html|md|json)$/.test(file) && !file.startsWith('test/'));

describe('the words of source, texts and documents', () => {
  it.each(INSTEAD)('have no %s, but: %s', (banned) => {
    const found = files.flatMap((file) =>
      readFileSync(join(ROOT, file), 'utf8')
        .split('\n')
        .flatMap((line, index) => (banned.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])),
    );
    expect(found).toEqual([]);
  });
});

/** Of fingers, to everybody but a technician: a customer would think that theirs are sent. */
const OF_FINGERS = /fingerprint|huella|empremt|empreinte|impront|impress(?:ão|ões) digita/i;

describe('what customers and clerks read', () => {
  const texts = files.filter((file) => /\/(signer|consent|clerk|results|notes|verify)\.json$/.test(file));

  it.each(texts)('%s speaks of no fingerprints', (file) => {
    expect(readFileSync(join(ROOT, file), 'utf8')).not.toMatch(OF_FINGERS);
  });
});
