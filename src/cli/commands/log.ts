import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import { readTextIfPresent, writeFileDurably } from '../../base/durable-file.ts';
import { type LogKey, parseVerifierKey } from '../../base/tlog/checkpoint.ts';
import type { LoggedAct } from '../../base/tlog/entry.ts';
import { followLog, LogFault } from '../../base/tlog/follow.ts';
import { judgeProof, type ProofFault, type ProvenEntry } from '../../base/tlog/judge-proof.ts';
import { OssError } from '../../contract/errors.ts';
import { parseExport } from '../../optimizer/index.ts';
import { certificatesFromPem, parseCertificate } from '../../pki/index.ts';
import { Terminal } from '../terminal.ts';

interface LogOptions {
  key: string;
  json?: boolean;
}
interface VerifyOptions extends LogOptions {
  certificate?: string;
  response?: string;
}
interface MonitorOptions extends LogOptions {
  state: string;
}

export function addLogCommand(program: Command): void {
  const log = program.command('log').description('the transparency log of a signature service, from outside');
  log
    .command('verify')
    .description('whether proofs of entries hold, and what they are about; the log is not asked')
    .argument('<proof...>', '.tlog-proof files, or exported evidence')
    .requiredOption('--key <key>', 'the key of the log (origin+hash+key)')
    .option('--certificate <file>', 'the certificate that the entry should be about, PEM or DER')
    .option('--response <file>', 'the response to the sign call that the entry should be about')
    .option('--json', 'one JSON line per proof on standard output')
    .exitOverride()
    .action(verify);
  log
    .command('monitor')
    .description('whether the log only grew since the last time, with every new entry hashed again')
    .argument('<url>', 'address of the log, e.g. http://pki.example.com/log')
    .requiredOption('--key <key>', 'the key of the log, from elsewhere than the log itself')
    .requiredOption('--state <file>', 'where the last checkpoint is kept')
    .option('--json', 'one JSON line on standard output')
    .exitOverride()
    .action(monitor);
}

function keyOf({ key }: LogOptions): LogKey {
  const parsed = parseVerifierKey(key.trim());
  if (parsed === undefined) {
    throw new OssError('OSS_REQUEST_INVALID', {
      reason: '--key: origin+hash+key, as the log shows it at /key',
    });
  }
  return parsed;
}

/** Exit code 0 only when every proof holds, and is about what was given. */
async function verify(files: string[], options: VerifyOptions): Promise<void> {
  const terminal = new Terminal(options.json === true);
  const key = keyOf(options);
  const subject = await subjectOf(options);
  for (const file of files) {
    for (const { name, text, about } of proofsIn(file, await readFile(file, 'utf8'), subject)) {
      const judged = judgeProof(text, key, about);
      const fault = 'fault' in judged ? judged.fault : undefined;
      const words = 'fault' in judged ? faultWords(judged, key) : wordsOf(judged);
      terminal.result(`${name}: ${words}`, {
        ...{ file, holds: fault === undefined },
        ...(fault === undefined ? judged : { fault: words }),
      });
      if (fault !== undefined) process.exitCode = 1;
    }
  }
}

type Subject = ReadonlyMap<LoggedAct, Uint8Array>;

/** One proof; of exported evidence all that its records hold, each to be about what the record says. */
function proofsIn(
  file: string,
  text: string,
  subject: Subject,
): { readonly name: string; readonly text: string; readonly about: Subject }[] {
  if (!text.startsWith('{')) return [{ name: file, text, about: subject }];
  const logs = parseExport(text).flatMap(({ record: { content } }) =>
    'log' in content && content.log ? [content.log] : [],
  );
  // What was added later stands for what was known before.
  const acts = logs.at(-1)?.acts ?? [];
  if (acts.length === 0) return [{ name: file, text: '', about: subject }];
  return acts.map(({ act, digest, proof = '' }) => ({
    name: `${file}, ${act}`,
    text: proof,
    about: new Map([[act, subject.get(act) ?? Buffer.from(digest, 'hex')]]),
  }));
}

const wordsOf = ({ index, size, act }: ProvenEntry): string => `entry ${index} of ${size}, ${act}`;

const FAULT_WORDS = Object.freeze({
  noProof: 'this is no proof',
  notOpened: 'it does not say what it is about',
  otherKey: 'its head was not signed by',
  notInTheLog: 'the entry is not in the log',
  otherAct: 'the entry is about another act:',
  aboutSomethingElse: 'the entry is about something else',
} satisfies Record<ProofFault, string>);

function faultWords(
  { fault, act }: { readonly fault: ProofFault; readonly act?: string },
  key: LogKey,
): string {
  if (fault === 'otherKey') return `${FAULT_WORDS[fault]} ${key.origin}`;
  return fault === 'otherAct' ? `${FAULT_WORDS[fault]} ${act}` : FAULT_WORDS[fault];
}

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** Digests of what was given, by the act that they belong to. */
async function subjectOf({ certificate, response }: VerifyOptions): Promise<Subject> {
  const subject = new Map<LoggedAct, Uint8Array>();
  if (certificate !== undefined) {
    const content = await readFile(certificate);
    const isPem = content.includes('-----BEGIN');
    const [first] = isPem ? certificatesFromPem(content.toString('utf8')) : [parseCertificate(content)];
    if (first === undefined)
      throw new OssError('OSS_REQUEST_INVALID', { reason: '--certificate: there is none' });
    subject.set('issuance', sha256(first.tbs));
  }
  if (response !== undefined) subject.set('signature', sha256(await readFile(response)));
  return subject;
}

const MOST_BYTES = 1024 * 1024;
const PATIENCE_MS = 10_000;

/** Exit code 1, and the former checkpoint kept, where the log is not what it was. */
async function monitor(url: string, options: MonitorOptions): Promise<void> {
  const terminal = new Terminal(options.json === true);
  const key = keyOf(options);
  const get = async (path: string): Promise<Uint8Array> => {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(`${url.replace(/\/+$/, '')}/${path}`, { signal, redirect: 'error' });
    if (!response.ok) throw new LogFault(`${path}: status ${response.status}`);
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MOST_BYTES) throw new LogFault(`${path}: more than ${MOST_BYTES} bytes`);
    }
    return Buffer.concat(chunks);
  };
  const former = await readTextIfPresent(options.state);
  try {
    const { head, checkpoint, entries } = await followLog(get, key, former);
    await writeFileDurably(options.state, checkpoint);
    const acts = entries.map((entry) => actOf(entry));
    const count = (act: string) => acts.filter((one) => one === act).length;
    const [issued, signed] = [count('issuance'), count('signature')];
    terminal.result(
      `${key.origin}: ${head.size} entries, ${entries.length} of them new (${issued} certificates, ${signed} signatures); it only grew.`,
      { origin: key.origin, grew: true, size: head.size, issued, signed },
    );
  } catch (error) {
    if (!(error instanceof LogFault)) throw error;
    terminal.result(`${key.origin}: NOT as it was: ${error.message}`, {
      ...{ origin: key.origin, grew: false, fault: error.message },
    });
    process.exitCode = 1;
  }
}

function actOf(entry: Uint8Array): string {
  const shape = z.object({
    v: z.literal(1),
    act: z.enum(['issuance', 'signature']),
    c: z.string().length(43),
  });
  try {
    return shape.parse(JSON.parse(Buffer.from(entry).toString('utf8'))).act;
  } catch {
    throw new LogFault('it holds an entry of another kind');
  }
}
