import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificatesFromPem } from '../../src/pki/index.ts';
import { oneshot } from './command-line.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';
import { newSigner, Station } from './station.ts';

const PDF = join(import.meta.dirname, '../corpus/pdftex.pdf');

let folder: string;
let sandbox: Sandbox;
let taken: Server;
let port: number;
const at = (...path: string[]): string => join(folder, ...path);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mistakes-'));
  sandbox = await startSandbox();
  taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  port = (taken.address() as AddressInfo).port;
  await writeFile(at('file'), 'a file');
  await writeFile(at('broken.json'), '{\n  "identity": oops\n}');
  await writeFile(at('identity.json'), JSON.stringify(newSigner()));
  await symlink(PDF, at('link.pdf'));
  execFileSync('mkfifo', [at('pipe.pdf')]);
});
afterAll(async () => {
  taken.close();
  await sandbox.close();
  await rm(folder, { recursive: true });
});

const sign = (...options: string[]): string[] => ['sign', PDF, '--data', at('data'), ...options];
const known = (): string[] => ['--identity', at('identity.json'), '--out', at('out')];

describe('a mistake of the person at the terminal is named, and is no internal failure', () => {
  it.each<[string, () => string[], () => string]>([
    [
      'JSON that is none',
      () => sign('--identity', at('broken.json'), '--out', at('out')),
      () => 'line 2, column 15',
    ],
    ['a file that is missing', () => sign('--identity', at('none'), '--out', at('out')), () => at('none')],
    [
      'a folder in place of a file',
      () => sign('--identity', folder, '--out', at('out')),
      () => 'it is a folder',
    ],
    [
      'a target that is a file',
      () => sign('--identity', at('identity.json'), '--out', at('file')),
      () => at('file'),
    ],
    [
      'a target below a file',
      () => sign('--identity', at('identity.json'), '--out', at('file', 'x')),
      () => 'not a folder',
    ],
    ['data below a file', () => ['sign', PDF, '--data', at('file', 'd'), ...known()], () => at('file', 'd')],
    [
      'an anchor to a folder that is missing',
      () => sign(...known(), '--anchor-out', at('none', 'a.pem')),
      () => at('none', 'a.pem'),
    ],
    ['an anchor that is none', () => ['verify', PDF, '--anchor', at('file')], () => 'neither PEM nor DER'],
    ['a linked document', () => ['inspect', at('link.pdf')], () => 'it is a link'],
    ['a pipe', () => ['inspect', at('pipe.pdf')], () => 'not a regular file'],
    [
      'a port that is taken',
      () => ['serve', '--port', String(port), '--data', at('serve')],
      () => `port ${port}`,
    ],
    [
      'a port that the API cannot have',
      () => ['optimizer', '--sandbox', '--drop-in', '--port', String(port), '--data', at('api')],
      () => `port ${port}`,
    ],
    ['a configuration that is missing', () => ['serve', '--config', at('none')], () => at('none')],
    [
      'a configuration that is no JSON',
      () => ['serve', '--config', at('broken.json')],
      () => 'line 2, column 15',
    ],
    ['a service without a place', () => ['serve', '--data', at('file', 'x')], () => at('file', 'x')],
    ['keys without a place', () => ['api-key', 'bank', '--keys', at('file', 'keys')], () => at('file')],
    [
      'a watched folder that is a file',
      () => ['watch', at('file'), '--once', '--data', at('data')],
      () => at('file'),
    ],
    [
      'TLS files that are none',
      () => sign(...known(), '--service', 'https://127.0.0.1:9', '--user', 'x', '--tls-key', at('file')),
      () => '--tls-key',
    ],
  ])(
    '%s',
    async (_name, args, expected) => {
      const { code, stdout, stderr } = await oneshot(args());
      expect(code).toBe(1);
      expect(stdout + stderr).toContain(expected());
      expect(stderr).not.toContain('OSS_INTERNAL');
      expect(stderr).not.toMatch(/^\s+at /m);
    },
    60_000,
  );

  it('an anchor in DER is taken as one in PEM', async () => {
    const station = await Station.open({
      serviceUrl: sandbox.url,
      anchor: sandbox.anchor,
      directory: at('station'),
    });
    try {
      await station.signAll([{ path: PDF }]);
    } finally {
      await station.close();
    }
    const [anchor] = certificatesFromPem(sandbox.anchor);
    await writeFile(at('anchor.der'), anchor?.der ?? '');
    await mkdir(at('out'), { recursive: true });
    const verified = await oneshot([
      'verify',
      join(station.output, 'pdftex-signed.pdf'),
      '--anchor',
      at('anchor.der'),
    ]);
    expect(verified.code, verified.stdout).toBe(0);
  }, 60_000);
});
