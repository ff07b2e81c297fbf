import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyFile } from '../../src/optimizer/index.ts';
import { certificatesFromPem } from '../../src/pki/index.ts';
import { SANDBOX_OFFICER } from '../../src/service/config/sandbox-defaults.ts';
import { type CommandOptions, type CommandResult, jsonLines, oneshot } from '../integration/command-line.ts';
import { type Sandbox, startSandbox } from '../integration/sandbox.ts';
import { newSigner } from '../integration/station.ts';
import { isLongForm } from '../support/long-form.ts';

const DOCUMENTS = ['libreoffice.pdf', 'chromium.pdf'].map((name) =>
  join(import.meta.dirname, '../corpus', name),
);
const SIGNED = ['chromium-signed.pdf', 'libreoffice-signed.pdf'];
const MINUTES = 60_000;
const OTHER_DISK = '/dev/shm';
const deviceOf = (path: string): Promise<number | undefined> =>
  stat(path).then(
    ({ dev }) => dev,
    () => undefined,
  );
const isOtherDisk = async (path: string): Promise<boolean> =>
  ![undefined, await deviceOf(directory)].includes(await deviceOf(path));

let sandbox: Sandbox;
let directory: string;
/** On another file system than the data, where this machine has one. */
let elsewhere: string;
let originals: Buffer[];

beforeAll(async () => {
  sandbox = await startSandbox();
  directory = await mkdtemp(join(tmpdir(), 'killed-'));
  elsewhere = await mkdtemp(join((await isOtherDisk(OTHER_DISK)) ? OTHER_DISK : directory, 'killed-'));
  originals = DOCUMENTS.map((path) => readFileSync(path));
});
afterAll(async () => {
  await sandbox.close();
  await rm(elsewhere, { recursive: true });
  await rm(directory, { recursive: true });
});

/** One workstation with its own data and output folder, on which `oneshot sign` is killed. */
class Desk {
  readonly #folder: string;
  readonly output: string;

  constructor(name: string, isDeliveringElsewhere: boolean) {
    this.#folder = join(directory, name);
    this.output = isDeliveringElsewhere ? join(elsewhere, name) : join(this.#folder, 'out');
  }

  async sign(options: CommandOptions): Promise<CommandResult> {
    await mkdir(this.#folder, { recursive: true });
    await mkdir(this.output, { recursive: true });
    const identity = join(this.#folder, 'identity.json');
    await writeFile(identity, JSON.stringify(newSigner()));
    const authority = ['--registration-authority', SANDBOX_OFFICER.registrationAuthority];
    const what = [...DOCUMENTS, '--identity', identity, '--otp', 'sandbox', '--out', this.output];
    return oneshot(['sign', ...what, ...authority, ...this.#where()], options);
  }

  resume(): Promise<CommandResult> {
    return oneshot(['resume', '--cancel-open', '--json', ...this.#where()]);
  }

  /** One record a transaction, and the chain holds, wherever the process was killed. */
  async expectEvidence(outcomes: readonly string[]): Promise<void> {
    const data = ['--data', this.#data, '--json'];
    const listed = jsonLines(await oneshot(['evidence', 'list', ...data]));
    expect(listed.map(({ outcome }) => outcome)).toEqual(outcomes);
    const checked = await oneshot(['evidence', 'check', ...data]);
    expect(checked.code, checked.stdout).toBe(0);
  }

  get #data(): string {
    return join(this.#folder, 'data');
  }

  #where(): string[] {
    const data = this.#data;
    return ['--service', sandbox.url, '--user', SANDBOX_OFFICER.username, '--data', data];
  }
}

const withKillSwitch = (env: Record<string, string>): CommandOptions => ({
  node: ['--import', join(import.meta.dirname, 'kill-switch.mjs')],
  env,
});

/** In a folder of its own: names that are taken cost further effects. */
async function countEffects(when: string): Promise<number> {
  const file = join(directory, `effects-${when}`);
  const desk = new Desk(`counted-${when}`, when === 'before');
  const { code, stderr } = await desk.sign(withKillSwitch({ EFFECTS_FILE: file }));
  expect(code, stderr).toBe(0);
  return Number(await readFile(file, 'utf8'));
}

/** Whatever is in the output folder is a whole, valid, signed document with the original in front. */
async function expectWholeFiles(names: readonly string[], output: string): Promise<void> {
  const serials = new Set<string>();
  for (const name of names) {
    const { verdict, signatures } = await verifyFile(join(output, name), {
      anchors: certificatesFromPem(sandbox.anchor),
      at: new Date(),
    });
    expect(verdict).toBe('valid');
    expect(signatures).toHaveLength(1);
    for (const { serialNumber } of signatures) serials.add(serialNumber);
  }
  expect(serials.size).toBeLessThanOrEqual(1);
}

const isWithoutRecords = ([first]: ReturnType<typeof jsonLines>): boolean =>
  (first?.error as { code?: string } | undefined)?.code === 'OSS_FOLDER_UNUSABLE';

/** Without the probe of the folder, which goes with the next one. */
const filesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter((name) => name !== '.oneshot.probe');

async function killAndRestart(at: number, when: 'before' | 'after'): Promise<string> {
  const desk = new Desk(`${when}-${at}`, when === 'before');
  const killed = await desk.sign(withKillSwitch({ KILL_AT: String(at), KILL_WHEN: when }));
  expect(killed.signal, `effect ${at}: ${killed.stderr}`).toBe('SIGKILL');
  // On another disk a copy is made first, under a name of its own.
  const early = (await filesIn(desk.output)).filter((name) => !/^\.tx_.*\.partial$/.test(name));
  expect(SIGNED).toEqual(expect.arrayContaining(early));
  await expectWholeFiles(early, desk.output);

  const resumed = await desk.resume();
  const lines = jsonLines(resumed);
  // Before its first effect there is nothing to go on with.
  if (isWithoutRecords(lines)) return 'nothing begun';
  expect(resumed.code, resumed.stderr).toBe(0);
  const states = lines.map(({ state }) => state);
  const late = await filesIn(desk.output);
  expect(late.toSorted()).toEqual(late.length === 0 ? [] : SIGNED);
  await expectWholeFiles(late, desk.output);
  expect(DOCUMENTS.map((path) => readFileSync(path))).toEqual(originals);
  const [ended] = states;
  await desk.expectEvidence(late.length > 0 ? ['signed'] : ended === undefined ? [] : [String(ended)]);
  return late.length > 0 ? 'delivered' : states.length > 0 ? String(states) : 'nothing begun';
}

const SHARE = 6;

/** The effects, counted from 1. In the short form one of so many, other ones before them than after them. */
function momentsOf(effects: number, when: 'before' | 'after'): number[] {
  const turn = when === 'before' ? 1 : 4;
  const all = Array.from({ length: effects }, (_, index) => index + 1);
  return all.filter((at) => isLongForm || at % SHARE === turn);
}

// One of the two delivers to another file system.
it.each(['before', 'after'] as const)(
  'killed right %s its effects on the disk, `oneshot sign` can be finished or is cleanly given up',
  async (when) => {
    const effects = await countEffects(when);
    expect(effects).toBeGreaterThan(10);
    const outcomes: string[] = [];
    const moments = momentsOf(effects, when);
    for (const at of moments) outcomes.push(`${at}: ${await killAndRestart(at, when)}`);
    // Given up while no signature exists, delivered from the moment there is one: once the turn has come, it stays.
    const kinds = outcomes.map((outcome) => outcome.replace(/^\d+: /, ''));
    const firstDelivered = kinds.indexOf('delivered');
    expect(moments[firstDelivered], outcomes.join('\n')).toBeGreaterThan(6);
    expect(new Set(kinds.slice(firstDelivered)), outcomes.join('\n')).toEqual(new Set(['delivered']));
    expect(kinds.slice(0, firstDelivered)).not.toContain('signing');
  },
  10 * MINUTES,
);
