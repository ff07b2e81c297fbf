// Signature service and command line without windows: the tree that a server gets, and the Debian package of it.
// `node scripts/package/service.mjs [folder]`, after `npm run build`; without a folder dist/service.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { ROOT } from '../run.mjs';
import { PACKAGING } from './icons.mjs';
import { shippedModules } from './modules.mjs';
import { builtAt, filesBelow, writeSupplyChain } from './supply-chain.mjs';

const NAME = 'one-shot-signature-service';
/** As Debian names processors. @type {Record<string, string>} */
const ARCHITECTURES = { x64: 'amd64', arm64: 'arm64' };
/** Of a desk only, or for people who read sources. */
const LEFT_OUT = /\.(map|md|ts|mts|cts)$|\/(test|tests|docs|examples?|\.github)\//;

/** Forms of the second renderer that only browsers load. */
const FOR_BROWSERS =
  /\/(index\.cjs|index\.esm\.(base64|browser|cdn|worker)\.js|pdfium\.wasm\.base64-\w+\.js)$/;

/** Everything at its place on a server. @param {string} root */
export function writeServiceTree(root) {
  rmSync(root, { recursive: true, force: true });
  const program = join(root, 'usr', 'lib', 'one-shot');
  const parts = [
    'out/main',
    'resources',
    ...shippedModules({ platform: 'linux', arch: process.arch, libc: 'glibc' }, 'service'),
  ];
  // What is optional may not be installed here.
  for (const part of parts.filter((place) => existsSync(join(ROOT, place))))
    copyShipped(join(ROOT, part), join(program, part));
  cpSync(join(ROOT, 'package.json'), join(program, 'package.json'));
  writeSupplyChain(join(root, 'usr', 'share', 'doc', NAME));
  const place = (/** @type {string} */ file, /** @type {string} */ target, mode = 0o644) => {
    mkdirSync(dirname(join(root, target)), { recursive: true });
    cpSync(join(PACKAGING, 'service', file), join(root, target));
    chmodSync(join(root, target), mode);
  };
  place('oneshot', 'usr/bin/oneshot', 0o755);
  place(`${NAME}.service`, `usr/lib/systemd/system/${NAME}.service`);
  mkdirSync(join(root, 'etc', 'one-shot'), { recursive: true });
  return program;
}

/** @param {string} from @param {string} to */
function copyShipped(from, to) {
  for (const file of filesBelow(from)) {
    const name = relative(from, file);
    if (
      LEFT_OUT.test(`/${name}`) ||
      FOR_BROWSERS.test(`/${name}`) ||
      (name.includes('node_modules/') && from.includes('node_modules'))
    )
      continue;
    const target = join(to, name);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(file, target);
    chmodSync(target, 0o644);
  }
}

/**
 * The Debian package of a tree: the same bytes for the same commit.
 * @param {string} root of `writeServiceTree`
 * @param {string} folder into which the package goes
 * @returns {string} its path
 */
export function buildDebianPackage(root, folder) {
  const architecture = ARCHITECTURES[process.arch] ?? process.arch;
  const control = join(root, 'DEBIAN');
  mkdirSync(control, { recursive: true });
  const kilobytes = Math.ceil(filesBelow(root).reduce((sum, file) => sum + statSync(file).size, 0) / 1024);
  const { name, email } = manifest.author;
  writeFileSync(
    join(control, 'control'),
    `${[
      `Package: ${NAME}`,
      `Version: ${manifest.version}`,
      `Architecture: ${architecture}`,
      `Maintainer: ${name} <${email}>`,
      `Installed-Size: ${kilobytes}`,
      'Depends: nodejs (>= 20.19)',
      'Recommends: adduser, postgresql',
      'Section: utils',
      'Priority: optional',
      `Homepage: ${manifest.homepage}`,
      'Description: signature service with single-use certificates, and its command line',
      ` ${manifest.description}`,
    ].join('\n')}\n`,
  );
  cpSync(join(PACKAGING, 'service', 'postinst'), join(control, 'postinst'));
  chmodSync(join(control, 'postinst'), 0o755);
  const at = builtAt();
  for (const file of filesBelow(root)) utimesSync(file, at, at);
  const target = join(folder, `${NAME}_${manifest.version}_${architecture}.deb`);
  const { status, stderr } = spawnSync('dpkg-deb', ['--root-owner-group', '-Zgzip', '-b', root, target], {
    encoding: 'utf8',
    env: { ...process.env, SOURCE_DATE_EPOCH: String(at.getTime() / 1000) },
  });
  rmSync(control, { recursive: true });
  if (status !== 0) throw new Error(`dpkg-deb: ${stderr}`);
  return target;
}

if (process.argv[1] === import.meta.filename) {
  const folder = process.argv[2] ?? join(ROOT, 'dist', 'service');
  const root = join(folder, 'root');
  writeServiceTree(root);
  console.log(basename(buildDebianPackage(root, folder)));
}
