import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SANDBOX_OFFICER } from '../../src/service/config/sandbox-defaults.ts';
import { isLongForm } from '../support/long-form.ts';
import { person } from './co-signing.ts';
import { type CommandOptions, type CommandResult, jsonLines, oneshot } from './command-line.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';

const corpus = (name: string): string => join(import.meta.dirname, '../corpus', name);
const MINUTES = 60_000;

let sandbox: Sandbox;
let directory: string;

beforeAll(async () => {
  sandbox = await startSandbox();
  directory = await mkdtemp(join(tmpdir(), 'co-signing-command-'));
});
afterAll(async () => {
  await sandbox.close();
  await rm(directory, { recursive: true });
});

/** One workstation with its own data, documents and output folder. */
class Desk {
  readonly folder: string;
  readonly output: string;

  private constructor(folder: string) {
    this.folder = folder;
    this.output = join(folder, 'out');
  }

  static async open(name: string): Promise<Desk> {
    const desk = new Desk(join(directory, name));
    await mkdir(desk.output, { recursive: true });
    await copyFile(corpus('libreoffice.pdf'), join(desk.folder, 'loan.pdf'));
    await copyFile(corpus('chromium.pdf'), join(desk.folder, 'annex.pdf'));
    return desk;
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  async identities(...names: string[]): Promise<string[]> {
    const options: string[] = [];
    for (const name of names) {
      await writeFile(this.path(`${name}.json`), JSON.stringify(person(name)));
      options.push('--identity', this.path(`${name}.json`));
    }
    return options;
  }

  run(args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
    const where = ['--service', sandbox.url, '--user', SANDBOX_OFFICER.username, '--data', this.path('data')];
    return oneshot([...args, '--json', ...where], options);
  }

  async case(...args: string[]): Promise<Record<string, unknown>[]> {
    const result = await this.run(['case', ...args]);
    expect(result.code, result.stderr).toBe(0);
    return jsonLines(result);
  }

  async evidence(...args: string[]): Promise<CommandResult> {
    return oneshot(['evidence', ...args, '--json', '--data', this.path('data')]);
  }
}

const AUTHORITY = ['--registration-authority', SANDBOX_OFFICER.registrationAuthority];
const states = (line: Record<string, unknown> | undefined): unknown =>
  ((line?.signers ?? []) as { name: string; state: string }[]).map(
    ({ name, state }) => `${name.split(' ')[0]} ${state}`,
  );

describe('several signers at the command line', () => {
  it(
    'sign in turn, with a pause overnight, and one evidence tells of them',
    async () => {
      const desk = await Desk.open('two');
      const places = ['--visible', '1:50,50,250,110', '--visible', '1:300,50,500,110'];
      const first = await desk.run([
        ...['sign', desk.path('loan.pdf'), desk.path('annex.pdf'), '--out', desk.output, '--otp', 'sandbox'],
        ...(await desk.identities('Ada', 'Bea')),
        ...[...AUTHORITY, ...places, '--certify', 'forms', '--pause-after', '1'],
      ]);
      expect(first.code, first.stderr).toBe(0);
      const [open] = jsonLines(first);
      expect(states(open)).toEqual(['Ada signed', 'Bea waiting']);
      expect(await readdir(desk.output)).toEqual([]);

      const [listed] = await desk.case('list');
      expect(listed).toMatchObject({ case: open?.case, state: 'open', possible: [2] });

      const id = String(open?.case);
      const [ended, ...files] = await desk.case('continue', id, '--otp', 'sandbox');
      expect(states(ended)).toEqual(['Ada signed', 'Bea signed']);
      expect(ended?.state).toBe('complete');
      expect((await readdir(desk.output)).sort()).toEqual(['annex-signed.pdf', 'loan-signed.pdf']);
      for (const file of files)
        expect(file).toMatchObject({
          verdict: 'valid',
          signers: [{ signer: 'Ada Lovelace' }, { signer: 'Bea Lovelace' }],
        });

      const exported = await desk.evidence('export', id, '--out', desk.path('.'));
      expect(jsonLines(exported)).toMatchObject([{ transaction: id }]);
      expect(
        (await desk.evidence('check', desk.path(`evidence-${id}.json`), join(desk.output, 'loan-signed.pdf')))
          .code,
      ).toBe(0);
    },
    2 * MINUTES,
  );

  it(
    'may decline one annex or everything, and the others sign all the same',
    async () => {
      const desk = await Desk.open('declining');
      await writeFile(
        desk.path('case.json'),
        JSON.stringify({
          documents: ['loan.pdf', 'annex.pdf'],
          registrationAuthority: SANDBOX_OFFICER.registrationAuthority,
          signers: [
            { identity: person('Ada') },
            { identity: person('Bea') },
            { identity: person('Carl'), documents: [{ name: 'loan.pdf', reason: 'Guarantor' }] },
          ],
        }),
      );
      const args = ['sign', desk.path('case.json'), '--out', desk.output, '--otp', 'sandbox'];
      const [begun] = await desk.case(...args, '--pause-after', '1');
      const id = String(begun?.case);
      await desk.case('continue', id, '--signer', '2', '--refuse', 'annex.pdf', '--otp', 'sandbox');
      const [declined] = await desk.case('continue', id, '--signer', '3', '--decline');
      expect(states(declined)).toEqual(['Ada signed', 'Bea signed', 'Carl declined']);
      // Who declined may change their mind, as long as the case is open.
      expect(declined).toMatchObject({ state: 'open', possible: [3] });

      const [closed, loan, annex] = await desk.case('close', id);
      expect(closed).toMatchObject({ state: 'partly', possible: [] });
      expect(loan?.signers).toMatchObject([{ signer: 'Ada Lovelace' }, { signer: 'Bea Lovelace' }]);
      expect(annex?.signers).toMatchObject([{ signer: 'Ada Lovelace' }]);
      const late = await desk.run(['case', 'continue', id, '--signer', '3', '--otp', 'sandbox']);
      expect(jsonLines(late)).toMatchObject([{ error: { code: 'OSS_CASE_STATE' } }]);
    },
    2 * MINUTES,
  );

  it(
    'may be one person and the seal of the bank, by an option or by the file of the case',
    async () => {
      const desk = await Desk.open('sealed');
      const names = ['Ada Lovelace', 'SANDBOX Bank - NOT QUALIFIED'];
      const [byOption, file] = jsonLines(
        await desk.run([
          ...['sign', desk.path('loan.pdf'), '--out', desk.output, '--otp', 'sandbox', ...AUTHORITY],
          ...(await desk.identities('Ada')),
          ...['--seal', '--seal-visible', '1:300,50,500,110'],
        ]),
      );
      expect(byOption).toMatchObject({ state: 'complete', signers: names.map((name) => ({ name })) });
      expect(file).toMatchObject({ verdict: 'valid', signers: names.map((signer) => ({ signer })) });
      await writeFile(
        desk.path('case.json'),
        JSON.stringify({
          documents: ['annex.pdf'],
          registrationAuthority: SANDBOX_OFFICER.registrationAuthority,
          signers: [{ seal: 'sandbox-seal' }, { identity: person('Bea') }],
        }),
      );
      const [ended, annex] = await desk.case(
        ...['sign', desk.path('case.json'), '--out', desk.output, '--otp', 'sandbox'],
      );
      expect(ended?.state).toBe('complete');
      expect(annex?.signers).toMatchObject([{ signer: names[1] }, { signer: 'Bea Lovelace' }]);
      await writeFile(desk.path('nobody.json'), JSON.stringify({ documents: ['annex.pdf'], signers: [{}] }));
      const nobody = await desk.run(['case', 'sign', desk.path('nobody.json'), '--out', desk.output]);
      expect(jsonLines(nobody)).toMatchObject([
        { error: { details: { fields: ['signers.0: give an identity, or a seal'] } } },
      ]);
      const unknown = await desk.run([
        ...['sign', desk.path('loan.pdf'), '--out', desk.output, '--otp', 'sandbox', ...AUTHORITY],
        ...[...(await desk.identities('Ada')), '--seal', 'of-another'],
      ]);
      expect(jsonLines(unknown)).toMatchObject([{ error: { code: 'OSS_SEAL_NOT_OFFERED' } }]);
    },
    2 * MINUTES,
  );

  it(
    'do not sign out of turn, unless the order is free',
    async () => {
      const desk = await Desk.open('order');
      const sign = async (...more: string[]) => {
        const started = await desk.run([
          ...['sign', desk.path('loan.pdf'), '--out', desk.output, '--otp', 'sandbox', '--pause-after', '1'],
          ...(await desk.identities('Ada', 'Bea', 'Carl')),
          ...[...AUTHORITY, ...more],
        ]);
        return String(jsonLines(started)[0]?.case);
      };
      const third = ['--signer', '3', '--otp', 'sandbox'];
      expect((await desk.run(['case', 'continue', await sign(), ...third])).code).toBe(1);
      const [free] = await desk.case('continue', await sign('--any-order'), ...third);
      expect(states(free)).toEqual(['Ada signed', 'Bea waiting', 'Carl signed']);
    },
    2 * MINUTES,
  );

  it(
    'are refused where one person is named twice, or one place is given for two',
    async () => {
      const desk = await Desk.open('twice');
      const twice = await desk.identities('Ada');
      const args = ['sign', desk.path('loan.pdf'), '--out', desk.output, '--otp', 'sandbox', ...AUTHORITY];
      for (const wrong of [
        [...twice, ...twice],
        [...(await desk.identities('Ada', 'Bea')), '--visible', '1:50,50,250,110'],
      ])
        expect(jsonLines(await desk.run([...args, ...wrong]))).toMatchObject([
          { error: { code: 'OSS_REQUEST_INVALID' } },
        ]);
    },
    MINUTES,
  );
});

/** Of the effects of the second signer's turn: from the note that it begins to the delivered files and the seal. */
const KILLED_AT = isLongForm ? Array.from({ length: 25 }, (_, index) => index + 1) : [2, 19, 23];

describe('a case whose process was killed', () => {
  it.each(KILLED_AT)(
    'at effect %i goes on: one file each, every signature once',
    async (effect) => {
      const desk = await Desk.open(`killed-${effect}`);
      const first = await desk.run([
        ...['sign', desk.path('loan.pdf'), '--out', desk.output, '--otp', 'sandbox', '--pause-after', '1'],
        ...(await desk.identities('Ada', 'Bea')),
        ...AUTHORITY,
      ]);
      const id = String(jsonLines(first)[0]?.case);
      const killed = await desk.run(['case', 'continue', id, '--otp', 'sandbox'], {
        node: ['--import', join(import.meta.dirname, '../faults/kill-switch.mjs')],
        env: { KILL_AT: String(effect), KILL_WHEN: effect % 2 === 0 ? 'before' : 'after' },
      });
      expect(killed.signal).toBe('SIGKILL');
      const [ended, file] = await desk.case('continue', id, '--otp', 'sandbox');
      expect(ended?.state).toBe('complete');
      expect(await readdir(desk.output)).toEqual(['loan-signed.pdf']);
      expect(file?.signers).toMatchObject([{ signer: 'Ada Lovelace' }, { signer: 'Bea Lovelace' }]);
      expect((await desk.evidence('check')).code).toBe(0);
      const records = jsonLines(await desk.evidence('list'));
      expect(records.filter(({ kind }) => kind === 'case')).toHaveLength(1);
    },
    MINUTES,
  );
});
