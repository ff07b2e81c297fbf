import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { verifyFile } from '../../../src/optimizer/index.ts';
import { certificatesFromPem } from '../../../src/pki/index.ts';
import type { Known } from '../clients.ts';
import { readEvidence } from './evidence.ts';
import { type JournalView, readStories } from './journals.ts';
import { type MadeSignature, readSignatures } from './service-tables.ts';
import { flawOf } from './signed-pdf.ts';

/** Where everything lies once both programs have ended. */
export interface Remains {
  /** Data directory of the Optimizer's records. */
  readonly data: string;
  readonly serviceData: string;
  readonly databaseUrl: string | undefined;
  /** PEM file. */
  readonly anchor: string;
}

/**
 * Compares what clients were told with what is there: files, journals, tables, evidence, certificates.
 * @returns one sentence for whatever was lost, came twice, stands without a reason, or was left behind
 */
export async function check(known: readonly Known[], remains: Remains): Promise<string[]> {
  const { data } = remains;
  const faults: string[] = [];
  const stories = readStories(data, faults);
  const requests = readRequests(data);
  for (const one of known) {
    const journal = stories.find(({ id }) => id === requests.get(String(one.pk))?.transactionId);
    await checkKnown(one, journal, requests.has(String(one.pk)), remains, faults);
  }
  await checkSignatures(known, stories, requests, remains, faults);
  checkEvidence(stories, readEvidence(data, faults), faults);
  checkLeftovers(stories, requests, data, faults);
  return faults;
}

interface RequestRow {
  readonly transactionId?: string;
  readonly acknowledged: boolean;
}

function readRequests(data: string): ReadonlyMap<string, RequestRow> {
  const database = new Libsql(join(data, 'api', 'records.db'));
  try {
    const rows = database.prepare("select key, value from record where collection = 'request'").all([]);
    return new Map(
      (rows as { key: string; value: string }[]).map(({ key, value }) => [key, JSON.parse(value)]),
    );
  } finally {
    database.close();
  }
}

async function checkKnown(
  known: Known,
  journal: JournalView | undefined,
  isThere: boolean,
  { anchor }: Remains,
  faults: string[],
): Promise<void> {
  const { pk, original, isSigned, isCancelled, signedSha256, givenUp } = known;
  const name = `request ${pk}`;
  if (isCancelled) {
    if (journal && journal.end === undefined) faults.push(`${name} was cancelled and is still open`);
    return;
  }
  if (!isThere || !journal) return void faults.push(`${name} was acknowledged and is lost`);
  if (!isSigned) {
    return void faults.push(
      `${name} stands (${journal.end ?? 'open'}, ${journal.failure ?? 'no failure'}): ${givenUp}`,
    );
  }
  const [file] = journal.files;
  if (journal.end !== 'delivered' || journal.files.length !== 1 || file === undefined || !existsSync(file)) {
    const there = journal.files.filter((path) => existsSync(path)).length;
    return void faults.push(
      `${name} was acknowledged as signed: its journal says ${journal.end} with ${journal.files.length} files, ${there} are there`,
    );
  }
  const signed = readFileSync(file);
  if (signedSha256 !== undefined && createHash('sha256').update(signed).digest('hex') !== signedSha256) {
    faults.push(`${name}: the signed file is not the one that was fetched`);
  }
  const flaw = flawOf(signed, readFileSync(original));
  if (flaw) faults.push(`${name}: the signed file ${flaw}`);
  const anchors = certificatesFromPem(readFileSync(anchor, 'utf8'));
  // A clock that was wrong for a while may have put its time ahead.
  const { signatures } = await verifyFile(file, { anchors, at: new Date(Date.now() + 4 * 3600_000) });
  const [own] = signatures;
  if (own?.verdict !== 'valid') faults.push(`${name}: the signature is ${own?.verdict}`);
  if (own?.serialNumber.toLowerCase() !== journal.serialNumbers[0]?.toLowerCase()) {
    faults.push(`${name}: the file is signed with another certificate than its record says`);
  }
}

/** Each signature that the service made is in one file, and each file has one. */
async function checkSignatures(
  known: readonly Known[],
  stories: readonly JournalView[],
  requests: ReadonlyMap<string, RequestRow>,
  { serviceData, databaseUrl }: Remains,
  faults: string[],
): Promise<void> {
  const made = await readSignatures(serviceData, databaseUrl);
  const serials = made.map(({ serialNumber }) => serialNumber);
  if (new Set(serials).size !== serials.length) faults.push('a certificate was issued twice');
  const byRequest = new Map<string, MadeSignature[]>();
  for (const one of made) byRequest.set(one.requestId, [...(byRequest.get(one.requestId) ?? []), one]);
  for (const [requestId, signatures] of byRequest) {
    if (signatures.length > 1) faults.push(`${requestId} was signed ${signatures.length} times`);
  }
  for (const { id, end, requestId = '', serialNumbers } of stories) {
    const own = byRequest.get(requestId) ?? [];
    byRequest.delete(requestId);
    if (end === 'delivered' && own[0]?.serialNumber !== serialNumbers[0]?.toLowerCase()) {
      faults.push(`${id} was delivered, and the service knows another signature or none`);
    }
    if (end === undefined && own.length > 0)
      faults.push(`${id}: the service has signed, and nothing was delivered`);
    if (end === 'expired' && own.length > 0) faults.push(`${id} expired after it was signed`);
  }
  // A client may cancel after the service has signed: its journal is gone then, with the request.
  const cancelled = known.filter(({ isCancelled }) => isCancelled).length;
  if (byRequest.size > cancelled) faults.push(`${byRequest.size} signatures of which no journal knows`);
  for (const { id, end, isSigning, failure } of stories) {
    const isKnown = [...requests.values()].some(({ transactionId }) => transactionId === id);
    if (end === undefined && !isKnown) faults.push(`${id} is open, and no request has it`);
    if (isSigning && failure === undefined) faults.push(`${id} stands at the signature without a reason`);
  }
}

function checkEvidence(
  stories: readonly JournalView[],
  evidence: ReadonlyMap<string, readonly string[]>,
  faults: string[],
): void {
  for (const { id, end, sealed } of stories) {
    const outcomes = evidence.get(id) ?? [];
    if (end !== undefined && outcomes.length !== 1)
      faults.push(`${id} (${end}) has ${outcomes.length} records of evidence`);
    if (end === undefined && outcomes.length > 0) faults.push(`${id} is open and has evidence of its end`);
    if (end !== undefined && sealed.length === 0)
      faults.push(`${id} ended, and its journal knows of no evidence`);
    if (end === 'delivered' && outcomes[0] !== 'signed')
      faults.push(`${id} was delivered; its evidence says ${outcomes[0]}`);
  }
}

function checkLeftovers(
  stories: readonly JournalView[],
  requests: ReadonlyMap<string, RequestRow>,
  data: string,
  faults: string[],
): void {
  for (const { id, end, leftovers } of stories) {
    if (end !== undefined && leftovers.length > 0)
      faults.push(`${id} ended and left ${leftovers.join(', ')} behind`);
  }
  for (const name of readdirSync(join(data, 'api', 'incoming')))
    faults.push(`an upload was left behind: ${name}`);
  for (const pk of readdirSync(join(data, 'api', 'requests'))) {
    if (!requests.has(pk))
      faults.push(`files of request ${pk} were left behind, which is not there any more`);
  }
  for (const name of readdirSync(data, { recursive: true }).map(String)) {
    if (/\.partial$|\.oneshot\.probe$|\/reserve$/.test(name) && !isOfOpen(name, stories))
      faults.push(`left behind: ${name}`);
  }
}

const isOfOpen = (path: string, stories: readonly JournalView[]): boolean =>
  stories.some(({ id, end }) => end === undefined && path.includes(id));
