// What goes into each package beside the program: SBOM, notices of others, and the hashes of what was built.
// `node scripts/package/supply-chain.mjs` writes them to dist/supply-chain; a licence that is not on the list ends it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { outputOf, ROOT } from '../run.mjs';
import { shippedComponents } from './components.mjs';
import { lockedPackages, nameAt } from './modules.mjs';

/** Licences under which a component may ship: all let a closed product use it, most ask for their notice. */
export const ALLOWED_LICENCES = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
  'Zlib',
];

/**
 * Whether a licence, as SPDX writes it, can be chosen from the list. No expression deeper than one pair of brackets is
 * understood: such a one is refused, and a person decides.
 * @param {string | undefined} licence
 */
export function isAllowed(licence) {
  const plain = /^\(([^()]*)\)$/.exec(licence ?? '')?.[1] ?? licence ?? '';
  const choices = plain.split(' OR ').map((choice) => choice.split(' AND '));
  return choices.some((all) => all.every((name) => ALLOWED_LICENCES.includes(name)));
}

/** @param {readonly string[]} places @returns {string[]} those that may not ship, with their licence */
export function refusedLicences(places, locked = lockedPackages()) {
  return places
    .filter((place) => !isAllowed(locked[place]?.license))
    .map((place) => `${place}: ${locked[place]?.license ?? 'none'}`);
}

/** When what is built was committed, so that two builds of one commit are the same. */
export const builtAt = () => new Date(Number(outputOf('git', ['log', '-1', '--format=%ct']) ?? 0) * 1000);
export const commit = () => (outputOf('git', ['rev-parse', 'HEAD']) ?? 'unknown').trim();

/** @param {string | Uint8Array} bytes */
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** CycloneDX of npm, of what ships only, with the time of the commit and a number that follows from its content. */
export function sbom() {
  const { stdout, stderr } = spawnSync(
    'npm',
    ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', '--sbom-type', 'application'],
    { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, shell: process.platform === 'win32' },
  );
  if (stdout === '') throw new Error(`npm sbom: ${stderr}`);
  const whole = JSON.parse(stdout);
  const locked = lockedPackages();
  // A package under another name is listed under one or the other, as npm likes.
  const shipped = new Set(
    shippedComponents().flatMap((place) => {
      const { name, version } = locked[place] ?? {};
      return [nameAt(place), name ?? ''].map((either) => `${either}@${version}`);
    }),
  );
  /** @param {{ name: string, group?: string, version: string }} component */
  const nameOf = ({ group, name, version }) => `${group ? `${group}/` : ''}${name}@${version}`;
  const components = whole.components.filter((/** @type {any} */ component) =>
    shipped.has(nameOf(component)),
  );
  const kept = new Set([
    whole.metadata.component['bom-ref'],
    ...components.map((/** @type {any} */ one) => one['bom-ref']),
  ]);
  const dependencies = whole.dependencies
    .filter((/** @type {any} */ { ref }) => kept.has(ref))
    .map((/** @type {any} */ { ref, dependsOn = [] }) => ({
      ref,
      dependsOn: dependsOn.filter((/** @type {string} */ other) => kept.has(other)),
    }));
  const hash = sha256(JSON.stringify(components));
  const uuid = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `5${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ];
  return {
    ...whole,
    serialNumber: `urn:uuid:${uuid.join('-')}`,
    metadata: {
      ...whole.metadata,
      // npm takes the name of the folder.
      component: { ...whole.metadata.component, name: manifest.name },
      timestamp: builtAt().toISOString(),
    },
    components,
    dependencies,
  };
}

const LICENCE_FILE = /^(licen[cs]e|copying|notice)(\.|-|$)/i;

/** The licence of every component in its own words. */
export function notices() {
  const locked = lockedPackages();
  const parts = shippedComponents().map((place) => {
    const folder = join(ROOT, place);
    const files = statSync(folder, { throwIfNoEntry: false })?.isDirectory()
      ? readdirSync(folder).sort()
      : [];
    const texts = files
      .filter((name) => LICENCE_FILE.test(name))
      .map((name) => readFileSync(join(folder, name), 'utf8').trim());
    return [`${nameAt(place)} ${locked[place]?.version}, ${locked[place]?.license}`, ...texts].join('\n\n');
  });
  const fonts = readFileSync(join(ROOT, 'resources', 'fonts', 'LICENSE.txt'), 'utf8').trim();
  return `${[...parts, `Fonts\n\n${fonts}`].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

/** @param {string} folder @returns {string[]} every file below, sorted */
export const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();

/** Which sources became which bytes, for anyone who wants to build it again and compare. */
export function provenance() {
  const files = ['main', 'preload', 'renderer'].flatMap((part) => filesBelow(join(ROOT, 'out', part)));
  return {
    builder: { node: process.version, platform: process.platform, arch: process.arch },
    commit: commit(),
    committedAt: builtAt().toISOString(),
    packageLock: sha256(readFileSync(join(ROOT, 'package-lock.json'))),
    files: Object.fromEntries(
      files.map((file) => [relative(ROOT, file).replaceAll('\\', '/'), sha256(readFileSync(file))]),
    ),
  };
}

/** @param {string} folder */
export function writeSupplyChain(folder) {
  const refused = refusedLicences(shippedComponents());
  if (refused.length > 0) throw new Error(`These licences are not on the list:\n${refused.join('\n')}`);
  mkdirSync(folder, { recursive: true });
  const json = (/** @type {unknown} */ value) => `${JSON.stringify(value, undefined, 2)}\n`;
  // Whole or not at all: another package may be made of the same folder at the same time.
  const write = (/** @type {string} */ name, /** @type {string} */ text) => {
    const beside = join(dirname(folder), `${name}.${process.pid}`);
    writeFileSync(beside, text);
    renameSync(beside, join(folder, name));
  };
  write('sbom.cdx.json', json(sbom()));
  write('THIRD-PARTY-NOTICES.txt', notices());
  write('provenance.json', json(provenance()));
}

if (process.argv[1] === import.meta.filename) writeSupplyChain(join(ROOT, 'dist', 'supply-chain'));
