import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toPem } from '../../src/pki/index.ts';
import { CscDouble } from '../support/csc-double.ts';
import {
  AUTHORITY_EXTENSIONS,
  makeCertificate,
  SIGNER_EXTENSIONS,
  TSA_EXTENSIONS,
} from '../support/pki-hierarchy.ts';
import { startTsa } from '../support/stamping.ts';
import { oneshot } from './command-line.ts';

const DOCUMENT = join(import.meta.dirname, '../corpus/pdftex.pdf');
const SIGNER = [
  ...['--given-name', 'Ada', '--surname', 'Lovelace', '--phone', '+34600100001'],
  ...['--id-type', 'IDC', '--id-country', 'ES', '--id-number', '10000001X'],
];

describe('a provider of a file, on the command line', () => {
  let directory: string;
  let double: CscDouble;
  let tsa: Awaited<ReturnType<typeof startTsa>>;
  let where: string[];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'providers-command-'));
    const root = await makeCertificate({ commonName: 'Root', extensions: AUTHORITY_EXTENSIONS });
    const signer = await makeCertificate({
      commonName: 'Ada Lovelace',
      issuer: root,
      extensions: SIGNER_EXTENSIONS,
    });
    tsa = await startTsa(
      await makeCertificate({ commonName: 'TSA', issuer: root, extensions: TSA_EXTENSIONS }),
    );
    double = await CscDouble.start({
      version: '2',
      signer,
      chain: [],
      code: '123456',
      multisign: 4,
      clientSecret: 'hush',
    });
    const file = async (name: string, content: string): Promise<string> => {
      const path = join(directory, name);
      await writeFile(path, content);
      return path;
    };
    const provider = {
      kind: 'csc',
      url: double.url,
      authorisation: { type: 'client-credentials', clientId: 'station' },
      credential: { type: 'fixed', id: 'ada/1' },
    };
    where = [
      ...['--provider', await file('provider.json', JSON.stringify(provider))],
      ...['--anchor', await file('anchor.pem', toPem(root.certificate.der))],
    ];
  });
  afterAll(async () => {
    await double.close();
    await tsa.close();
    await rm(directory, { recursive: true });
  });

  it('is tried step by step, and says what it offers and what it does not', async () => {
    const { code, stdout } = await oneshot(['providers', 'test', ...where], {
      env: { ONESHOT_CLIENT_SECRET: 'hush' },
    });
    expect(stdout).toContain('User and password: in order. station is let in.');
    expect(stdout).toContain('It signs up to 4 documents at once.');
    expect(stdout).toContain('Contract: take note. It has no contract');
    expect(stdout).toContain('Time stamps: take note. It does not stamp');
    expect(code).toBe(0);
  });

  it('fails at the step that fails', async () => {
    const { code, stdout } = await oneshot(['providers', 'test', ...where], {
      env: { ONESHOT_CLIENT_SECRET: 'loud' },
    });
    expect(stdout).toContain('User and password: failed.');
    expect(code).toBe(1);
  });

  it('signs', async () => {
    const out = join(directory, 'signed');
    const { code, stdout, stderr } = await oneshot(
      [
        ...['sign', DOCUMENT, '--out', out, '--otp', '123456', '--level', 'B-T', '--tsa', tsa.url],
        ...['--data', join(directory, 'data'), ...where, ...SIGNER],
      ],
      { env: { ONESHOT_CLIENT_SECRET: 'hush' } },
    );
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toMatch(/signed by Ada Lovelace \(PAdES B-T.*valid/);
  });

  it('says which field of the file is wrong', async () => {
    const path = join(directory, 'wrong.json');
    await writeFile(path, JSON.stringify({ kind: 'csc', url: 'https://provider.example' }));
    const { code, stderr } = await oneshot(['providers', 'test', '--provider', path]);
    expect(code).toBe(1);
    expect(stderr).toContain('credential');
  });
});
