import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMAND_LINE } from '../../scripts/build.mjs';
import { SANDBOX_OFFICER } from '../../src/service/index.ts';
import { jsonLines, oneshot } from './command-line.ts';
import { startTrialService, type TrialService } from './optimizer-api/trial-service.ts';
import { newSigner } from './station.ts';

const PDF = join(import.meta.dirname, '../corpus/pdftex.pdf');
const PROOF = { type: 'external', method: 'branch-card', reference: '12345678-12345678' };

let root: string;
let service: TrialService;
let args: string[];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'watched-'));
  service = await startTrialService();
  const [, url = '', , anchor = ''] = service.args();
  args = ['watch', root, '--service', url, '--anchor', anchor, '--user', SANDBOX_OFFICER.username];
  args.push('--data', join(root, '.data'), '--json');
  await mkdir(join(root, 'in'));
});
afterAll(async () => {
  await service?.close();
  await rm(root, { recursive: true, force: true });
});

async function put(name: string, order: object): Promise<void> {
  await copyFile(PDF, join(root, 'in', `${name}.pdf`));
  const { registrationAuthority } = SANDBOX_OFFICER;
  await writeFile(
    join(root, 'in', `${name}.json`),
    JSON.stringify({ identity: newSigner(), registrationAuthority, ...order }),
  );
}

const files = (...path: string[]): Promise<string[]> => readdir(join(root, ...path)).catch(() => []);

/** Orders are worked on beside one another: which ends first is not said. */
const byName = (result: Parameters<typeof jsonLines>[0]) =>
  jsonLines(result).sort((a, b) => String(a.name).localeCompare(String(b.name)));

describe('a folder, signed once (batch)', () => {
  it('each order ends in done or failed, with what was signed and its evidence, or with the reason', async () => {
    await put('good', { authorisation: PROOF });
    await put('bad', { authorisation: PROOF, identity: { givenName: 'Ada' } });
    await writeFile(join(root, 'in', 'alone.json'), JSON.stringify({ identity: newSigner() }));
    const result = await oneshot([...args, '--once']);
    expect(result.code).toBe(1);
    expect(byName(result)).toMatchObject([
      { name: 'bad', outcome: 'failed', code: 'OSS_REQUEST_INVALID' },
      { name: 'good', outcome: 'done' },
    ]);
    expect(await files('done', 'good', 'signed')).toEqual(['good-signed.pdf']);
    const evidence = JSON.parse(await readFile(join(root, 'done', 'good', 'evidence.json'), 'utf8'));
    const [sealed] = evidence.records;
    expect(sealed.record.content).toMatchObject({
      outcome: 'signed',
      signer: { name: expect.stringMatching(/^Ada /) },
      certificate: { serialNumber: expect.stringMatching(/^[0-9a-f]+$/) },
      documents: [{ name: 'good.pdf', shownSha256: expect.any(String), byteRangeDigest: expect.any(String) }],
    });
    // It is what everybody else's evidence is: the same command checks it beside the signed file.
    const beside = ['evidence.json', 'signed/good-signed.pdf'].map((name) =>
      join(root, 'done', 'good', name),
    );
    const checked = await oneshot(['evidence', 'check', ...beside, '--data', join(root, '.data'), '--json']);
    expect(checked).toMatchObject({ code: 0 });
    const [report] = JSON.parse(await readFile(join(root, 'done', 'good', 'verification.json'), 'utf8'));
    expect(report.verdict).toBe('valid');
    expect(await files('failed', 'bad')).toContain('error.json');
    // Its document has not come yet.
    expect(await files('in')).toEqual(['alone.json']);
  }, 120_000);

  it('an order may ask for the seal of the bank over the signature; one that there is not fails it before', async () => {
    await put('sealed', { authorisation: PROOF, seal: true });
    await put('stranger', { authorisation: PROOF, seal: 'of-another' });
    const result = await oneshot([...args, '--once']);
    expect(byName(result)).toMatchObject([
      { name: 'sealed', outcome: 'done' },
      { name: 'stranger', outcome: 'failed', code: 'OSS_SEAL_NOT_OFFERED' },
    ]);
    expect(await files('done', 'sealed', 'signed')).toEqual(['sealed-signed.pdf']);
    expect(await files('done', 'sealed')).not.toContain('unsealed');
    const [report] = JSON.parse(await readFile(join(root, 'done', 'sealed', 'verification.json'), 'utf8'));
    expect(report.signatures).toMatchObject([
      { signer: expect.stringMatching(/^Ada /), verdict: 'valid' },
      { signer: 'SANDBOX Bank - NOT QUALIFIED', verdict: 'valid' },
    ]);
    const { records } = JSON.parse(await readFile(join(root, 'done', 'sealed', 'evidence.json'), 'utf8'));
    expect(records.at(-1).record.content.signer).toMatchObject({ seal: 'sandbox-seal' });
  }, 120_000);

  it('an order without proof waits for its code, over the end of the process', async () => {
    await put('code', {});
    const first = await oneshot([...args, '--once']);
    expect(jsonLines(first)).toMatchObject([{ name: 'code', outcome: 'waiting' }]);
    await writeFile(join(root, 'in', 'code.code'), '111111');
    expect(jsonLines(await oneshot([...args, '--once']))).toMatchObject([{ outcome: 'waiting' }]);
    await writeFile(join(root, 'in', 'code.code'), '000000\n');
    expect(jsonLines(await oneshot([...args, '--once']))).toMatchObject([{ name: 'code', outcome: 'done' }]);
    expect(await files('work')).toEqual([]);
  }, 120_000);
});

describe('a folder, watched', () => {
  it('signs what is put into it while it runs', async () => {
    const { password, pin } = SANDBOX_OFFICER;
    const child = spawn(process.execPath, [COMMAND_LINE, ...args], {
      env: { ...process.env, ONESHOT_PASSWORD: password, ONESHOT_PIN: pin },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    try {
      await put('later', { authorisation: PROOF });
      await expect
        .poll(() => files('done', 'later', 'signed'), { timeout: 60_000, interval: 200 })
        .toEqual(['later-signed.pdf']);
    } finally {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
  }, 120_000);
});
