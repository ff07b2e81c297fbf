/** Who takes part, how each is started, and what it needs. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const ROOT = process.cwd();
const HERE = join(ROOT, 'bench', 'envelope');
const CACHE = join(ROOT, '.cache', 'bench');
const JUDGES = join(ROOT, '.cache', 'judges');
const PEERS = join(CACHE, 'peers');

export interface Tool {
  readonly name: string;
  readonly command: readonly string[];
  /** Behind the job. */
  readonly arguments: readonly string[];
  /** The largest sample that it is given; beyond, it fails or takes minutes. */
  readonly upTo: number;
}

const compiled = (name: string): readonly string[] => [
  process.execPath,
  join(CACHE, 'compiled', `${name}.js`),
];

export const LIMIT: Tool = {
  name: 'copy + SHA-256',
  command: compiled('limit'),
  arguments: [],
  upTo: Infinity,
};
export const OURS: Tool = { name: 'One-Shot', command: compiled('ours'), arguments: [], upTo: Infinity };

/** Peers that are installed, and a sentence for each that is not. */
export function peers(): { readonly tools: readonly Tool[]; readonly missing: readonly string[] } {
  const found = [pyHanko(), dss(), ...nodePeers()];
  return {
    tools: found.filter((one) => typeof one !== 'string'),
    missing: found.filter((one) => typeof one === 'string'),
  };
}

function pyHanko(): Tool | string {
  const python = join(JUDGES, 'venv', 'bin', 'python');
  if (!existsSync(python)) return 'pyHanko is not installed (npm test installs it)';
  const command = [python, join(HERE, 'contestants', 'pyhanko_signer.py')];
  return { name: 'pyHanko', command, arguments: [], upTo: Infinity };
}

function dss(): Tool | string {
  const libraries = join(JUDGES, 'dss', 'lib', '*');
  const classes = join(CACHE, 'dss');
  if (!existsSync(join(JUDGES, 'dss', 'lib'))) return 'DSS is not installed (npm test installs it)';
  mkdirSync(classes, { recursive: true });
  const source = join(HERE, 'contestants', 'DssSigner.java');
  const { status } = spawnSync('javac', ['-cp', libraries, '-d', classes, source]);
  if (status !== 0) return 'there is no Java compiler';
  const command = ['java', '-cp', [libraries, classes].join(delimiter), 'DssSigner'];
  return { name: 'EU DSS', command, arguments: [], upTo: 200e6 };
}

function nodePeers(): (Tool | string)[] {
  const names = ['@cantoo/pdf-lib', '@libpdf/core', 'node-signpdf'];
  if (!existsSync(join(PEERS, 'node_modules'))) {
    mkdirSync(PEERS, { recursive: true });
    cpSync(join(HERE, 'peers.package.json'), join(PEERS, 'package.json'));
    const { status } = spawnSync('npm', ['install', '--legacy-peer-deps', '--no-audit'], { cwd: PEERS });
    if (status !== 0) return names.map((name) => `${name} could not be installed`);
  }
  return names.map((name) => ({
    name,
    command: compiled('node-peers'),
    arguments: [name, PEERS],
    upTo: 200e6,
  }));
}
