import { OssError } from '../../contract/errors.ts';
import {
  type CaseRecord,
  possibleSigners,
  refusedBy,
  type SignerState,
  signerState,
} from '../../contract/model/case.ts';
import { fullNameOf } from '../../contract/model/identity.ts';
import type { Transaction } from '../../contract/model/transaction.ts';
import { type CodeSource, carryThrough } from '../sign-documents.ts';
import type { CommandStation } from '../station.ts';
import type { Terminal } from '../terminal.ts';

export interface CaseRun {
  /** Opens every protected document. */
  readonly password?: string;
  /** Stop after so many signers; another run goes on. */
  readonly pauseAfter?: number;
}

/** What one signer does instead of signing everything. */
export interface Refusal {
  readonly declines?: boolean;
  /** Names of documents. */
  readonly refused?: readonly string[];
}

/** Lets one signer after the other sign, and ends the case with the last. @throws OssError of the step that failed */
export async function signCase(
  station: CommandStation,
  terminal: Terminal,
  id: string,
  codeSource: CodeSource,
  { pauseAfter = Number.POSITIVE_INFINITY, ...run }: CaseRun = {},
): Promise<CaseRecord> {
  const { cases } = station.optimizer;
  for (let done = 0; done < pauseAfter; done++) {
    const record = await cases.get(id);
    const [next] = waitingSigners(record);
    if (next === undefined) break;
    await signAs(station, terminal, { record, signer: next }, codeSource, run);
  }
  const record = await cases.get(id);
  const isOver = record.closed === undefined && !record.signers.some(isWaiting);
  return isOver ? cases.close(id) : record;
}

const isWaiting = (signer: CaseRecord['signers'][number]): boolean => signerState(signer) === 'waiting';

/** Those who may sign now and were not asked yet; who declined is asked again by name only. */
const waitingSigners = (record: CaseRecord): number[] =>
  possibleSigners(record).filter((index) => {
    const signer = record.signers[index];
    return signer !== undefined && isWaiting(signer);
  });

/**
 * One signer's turn, from the documents as they are now.
 * @throws OssError of the step that failed; the case stays open
 */
export async function signAs(
  { optimizer }: CommandStation,
  terminal: Terminal,
  { record, signer }: { readonly record: CaseRecord; readonly signer: number },
  codeSource: CodeSource,
  { password, declines = false, refused = [] }: CaseRun & Refusal = {},
): Promise<void> {
  const person = record.signers[signer];
  if (!person) throw new OssError('OSS_REQUEST_INVALID', { reason: `there is no signer ${signer + 1}` });
  terminal.say(`Signer ${signer + 1} of ${record.signers.length}: ${fullNameOf(person.identity)}`);
  const passwords =
    password === undefined ? undefined : new Map(record.documents.map((_, index) => [index, password]));
  const work = { onProgress: terminal.onProgress };
  if (person.seal !== undefined && !declines) {
    await optimizer.sealCase(record.id, signer, { ...work, ...(passwords && { passwords }) });
    return;
  }
  const transaction = await optimizer.cases.begin(record.id, signer, {
    ...work,
    ...(passwords && { passwords }),
  });
  try {
    await carryThrough(optimizer, terminal, transaction, codeSource, {
      declines,
      refused: positionsOf(refused, transaction),
    });
  } catch (error) {
    terminal.warn(
      `The case ${record.id} stays open: \`oneshot case continue ${record.id}\` goes on with it.`,
    );
    throw error;
  }
}

function positionsOf(names: readonly string[], { documents }: Transaction): number[] {
  return names.map((name) => {
    const position = documents.findIndex((document) => document.name === name);
    if (position < 0)
      throw new OssError('OSS_REQUEST_INVALID', {
        reason: `${name} is not among the documents of this signer`,
      });
    return position;
  });
}

const STATE_WORDS: Readonly<Record<SignerState, string>> = Object.freeze({
  waiting: 'has not signed yet',
  signing: 'is signing',
  signed: 'signed',
  declined: 'declined',
});

/** Who signed what, and where the files are. */
export async function reportCase(
  { optimizer }: CommandStation,
  terminal: Terminal,
  record: CaseRecord,
): Promise<void> {
  const { id, signers, documents, closed } = record;
  const files = (closed?.files ?? []).flatMap((file) => file ?? []);
  const told = signers.map((signer) => {
    const refused = refusedBy(signer).map((document) => documents[document]?.name ?? '');
    return { name: fullNameOf(signer.identity), state: signerState(signer), refused };
  });
  const words = told.map(
    ({ name, state, refused }, index) =>
      `  ${index + 1}. ${name}: ${STATE_WORDS[state]}${refused.length > 0 ? `, not ${refused.join(', ')}` : ''}`,
  );
  const state = closed ? closed.outcome : 'open';
  terminal.result([`${id}: ${state} (${documents.map(({ name }) => name).join(', ')})`, ...words], {
    case: id,
    state,
    signers: told,
    possible: possibleSigners(record).map((signer) => signer + 1),
    files,
    ...(closed?.record && { record: closed.record.sequence }),
  });
  for (const file of files) {
    const { verdict, signatures } = await optimizer.verify(file);
    const names = signatures.map((one) => `${one.signer} (${one.level}, ${one.verdict})`);
    terminal.result(`${file}: ${verdict}, signed by ${names.join(', ')}`, {
      signed: file,
      verdict,
      signers: signatures.map(({ signer, level, verdict: own }) => ({ signer, level, verdict: own })),
    });
    if (verdict !== 'valid') process.exitCode = 1;
  }
}
