import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VerifiedSignature } from '../../src/contract/model/verification.ts';
import { verifyFile } from '../../src/optimizer/index.ts';
import { certificatesFromPem, parseSignedData } from '../../src/pki/index.ts';
import { type Sandbox, startSandbox } from '../integration/sandbox.ts';
import { Station } from '../integration/station.ts';
import { describeWithJudge } from './judges/at-hand.ts';
import { type DssSignature, judgeDss } from './judges/dss.ts';
import { judgePoppler, type PopplerSignature } from './judges/poppler.ts';
import { judgePyHanko, type PyHankoSignature } from './judges/pyhanko.ts';
import { lastSignature } from './signature-bytes.ts';

/** Ways to spoil a signed file; every judge must notice, or its word on the sound ones would mean nothing. */
const DEFECTS = {
  'a byte of the document is another': (file: Buffer) => flipped(file, 600),
  'a byte of the signature value is another': (file: Buffer) => {
    const { signature } = parseSignedData(lastSignature(file).cms).signer;
    return withDigitChanged(file, file.indexOf(Buffer.from(signature).toString('hex')));
  },
  'a page is turned in an update after the signature': withPageTurned,
} as const;
type Defect = keyof typeof DEFECTS;
const NAMES = Object.keys(DEFECTS) as Defect[];

function flipped(file: Buffer, offset: number): Buffer {
  const copy = Buffer.from(file);
  copy.writeUInt8(copy.readUInt8(offset) ^ 1, offset);
  return copy;
}

/** A hexadecimal digit becomes another one, so that the file remains a PDF. */
function withDigitChanged(file: Buffer, offset: number): Buffer {
  const copy = Buffer.from(file);
  const digit = Number.parseInt(copy.toString('latin1', offset, offset + 1), 16);
  copy.write((digit ^ 1).toString(16), offset, 'latin1');
  return copy;
}

/** An incremental update (ISO 32000-2 §7.5.6) that writes the first page again. */
function withPageTurned(file: Buffer): Buffer {
  const text = file.toString('latin1');
  const [, number = '', page = ''] = /(\d+) 0 obj\s*<<(\/Type\/Page\/[\s\S]*?)>>\s*endobj/.exec(text) ?? [];
  const [root = ''] = /\/Root \d+ 0 R/.exec(text) ?? [];
  const previous =
    text
      .slice(text.lastIndexOf('startxref') + 9)
      .trim()
      .split(/\s/)[0] ?? '';
  const sizes = [...text.matchAll(/\/Size (\d+)/g)].map(([, size]) => Number(size));
  const object = `\n${number} 0 obj\n<<${page}/Rotate 180>>\nendobj\n`;
  const entry = `${String(file.length + 1).padStart(10, '0')} 00000 n \n`;
  const trailer = `trailer\n<</Size ${Math.max(...sizes)} ${root} /Prev ${previous}>>\n`;
  const xref = `xref\n${number} 1\n${entry}${trailer}startxref\n${file.length + object.length}\n%%EOF\n`;
  return Buffer.concat([file, Buffer.from(object + xref, 'latin1')]);
}

let directory: string;
let sandbox: Sandbox;
let anchor: string;
let foreignAnchor: string;
const pathOf = (name: string): string => join(directory, `${name}.pdf`);
const files = () => ['sound', ...NAMES].map((name) => ({ path: pathOf(name) }));

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'defects-'));
  sandbox = await startSandbox();
  const station = await Station.open({ serviceUrl: sandbox.url, anchor: sandbox.anchor, directory });
  const [report] = await station.signAll([{ path: join(import.meta.dirname, '../corpus/libreoffice.pdf') }]);
  await station.close();
  const signed = readFileSync(report?.file ?? '');
  await writeFile(pathOf('sound'), signed);
  for (const name of NAMES) await writeFile(pathOf(name), DEFECTS[name](signed));
  anchor = join(directory, 'anchor.pem');
  await writeFile(anchor, sandbox.anchor);
  foreignAnchor = join(directory, 'foreign.pem');
  const subject = ['-subj', '/CN=Foreign', '-out', foreignAnchor, '-keyout', join(directory, 'foreign.key')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject], { stdio: 'ignore' });
});
afterAll(async () => {
  await sandbox?.close();
  await rm(directory, { recursive: true });
});

/** The verdicts by name of the defect; each file has one signature. */
function byName<T>(verdicts: readonly (readonly T[])[]): Map<string, T | undefined> {
  return new Map(['sound', ...NAMES].map((name, index) => [name, verdicts[index]?.[0]]));
}

describeWithJudge('poppler', 'poppler', () => {
  const accepts = (signature: PopplerSignature | undefined): boolean =>
    signature?.valid === true && signature.coversDocument;

  it('accepts the sound file and no other', async () => {
    const verdicts = byName(await judgePoppler(files()));
    expect([...verdicts].filter(([, verdict]) => accepts(verdict)).map(([name]) => name)).toEqual(['sound']);
  });
});

describeWithJudge('pyHanko', 'pyHanko', () => {
  const ask = async (trusted: string) =>
    byName<PyHankoSignature>((await judgePyHanko(files(), trusted)).map(({ signatures }) => signatures));
  const accepted = (verdicts: Map<string, PyHankoSignature | undefined>): string[] =>
    [...verdicts].filter(([, verdict]) => verdict?.accepted).map(([name]) => name);

  it('accepts the sound file and no other; with a foreign anchor none', async () => {
    expect(accepted(await ask(anchor))).toEqual(['sound']);
    expect(accepted(await ask(foreignAnchor))).toEqual([]);
  });
});

describeWithJudge('DSS', 'DSS', () => {
  const ask = async (trusted: string) =>
    byName<DssSignature>(
      (await judgeDss(files(), trusted, { online: true })).map(({ signatures }) => signatures),
    );
  const passed = (verdicts: Map<string, DssSignature | undefined>): string[] =>
    [...verdicts]
      .filter(([, verdict]) => verdict?.indication === 'TOTAL_PASSED' && !verdict.modificationsDetected)
      .map(([name]) => name);

  it('passes the sound file and no other; with a foreign anchor none', async () => {
    expect(passed(await ask(anchor))).toEqual(['sound']);
    expect(passed(await ask(foreignAnchor))).toEqual([]);
  });
});

describe('our own verification', () => {
  const verify = async (name: string, pem: string): Promise<VerifiedSignature | undefined> => {
    const options = { anchors: certificatesFromPem(readFileSync(pem, 'utf8')), at: new Date() };
    return (await verifyFile(pathOf(name), options)).signatures[0];
  };

  it('accepts the sound file, and with a foreign anchor not even that', async () => {
    expect(await verify('sound', anchor)).toMatchObject({ verdict: 'valid' });
    expect((await verify('sound', foreignAnchor))?.verdict).not.toBe('valid');
  });

  it.each(NAMES)('does not accept it when %s', async (name) => {
    expect((await verify(name, anchor))?.verdict).toBe('invalid');
  });
});
