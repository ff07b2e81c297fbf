import { OssError } from '../contract/errors.ts';
import { needsAttention } from '../contract/model/document-notes.ts';
import type { OtpSent } from '../contract/model/otp-sent.ts';
import { USUAL_LEVEL } from '../contract/model/signature-level.ts';
import type { Transaction } from '../contract/model/transaction.ts';
import type { VerificationReport } from '../contract/model/verification.ts';
import type { NewTransaction, Optimizer } from '../optimizer/index.ts';
import { noteSentence } from './note-sentence.ts';
import type { Terminal } from './terminal.ts';

/** Where the code comes from: the signer's telephone, or the simulated SMS of a sandbox. */
export type CodeSource = (otp: OtpSent, transaction: Transaction) => Promise<string>;

export interface SignedTransaction {
  readonly transaction: Transaction;
  readonly reports: readonly VerificationReport[];
}

/**
 * The whole transaction at a terminal: import, register, prepare, code, sign, verify, deliver. A failure
 * before the signature cancels the transaction; one after it leaves it for `oneshot resume`.
 * @throws OssError of the step that failed
 */
export async function signDocuments(
  optimizer: Optimizer,
  terminal: Terminal,
  input: NewTransaction,
  codeSource: CodeSource,
): Promise<SignedTransaction> {
  const work = { onProgress: terminal.onProgress };
  return carryThrough(optimizer, terminal, await optimizer.create(input, work), codeSource);
}

/** What the signer does not sign. */
export interface Refused {
  /** They sign nothing. */
  readonly declines?: boolean;
  /** Documents that they do not sign, by position. */
  readonly refused?: readonly number[];
}

/**
 * The rest of a transaction that was just made, as `signDocuments`. Who declines ends it as such.
 * @throws OssError of the step that failed
 */
export async function carryThrough(
  optimizer: Optimizer,
  terminal: Terminal,
  { id, documents }: Transaction,
  codeSource: CodeSource,
  { declines = false, refused = [] }: Refused = {},
): Promise<SignedTransaction> {
  const work = { onProgress: terminal.onProgress };
  for (const { name, notes } of documents) {
    for (const note of notes.filter(needsAttention)) terminal.say(`${name}: ${noteSentence(note)}`);
  }
  try {
    await optimizer.register(id);
    sayLevel(await optimizer.get(id), terminal);
    await optimizer.prepare(id, work);
    if (declines) {
      await optimizer.recordAct(id, { type: 'declined' });
      return { transaction: await optimizer.cancel(id), reports: [] };
    }
    if (refused.length > 0) await optimizer.refuseDocuments(id, refused);
    await optimizer.confirmReview(id);
    const otp = await optimizer.sendCode(id, work);
    await signWithCode(optimizer, terminal, id, () =>
      optimizer.get(id).then((open) => codeSource(otp, open)),
    );
    const reports = await optimizer.deliver(id, work);
    return { transaction: await optimizer.get(id), reports };
  } catch (error) {
    const { state } = await optimizer.get(id);
    if (state !== 'signing' && state !== 'signed') await optimizer.cancel(id);
    else terminal.warn(`The transaction ${id} stands at ${state}: \`oneshot resume\` goes on with it.`);
    throw error;
  } finally {
    terminal.endProgress();
  }
}

/** Said before the code is sent, where the usual level is not the one that others would expect. */
function sayLevel({ level, levelIsUsual }: Transaction, terminal: Terminal): void {
  if (!levelIsUsual || level === USUAL_LEVEL.withData) return;
  terminal.say(
    `Level ${level}: the signature service sends no validation data, so that anyone who checks the signature needs the network.`,
  );
}

/** Asks again after a mistyped code, as long as the code is alive. */
async function signWithCode(
  optimizer: Optimizer,
  terminal: Terminal,
  id: string,
  askCode: () => Promise<string>,
): Promise<void> {
  for (;;) {
    const code = await askCode();
    try {
      await optimizer.sign(id, { type: 'otp', code }, { onProgress: terminal.onProgress });
      return;
    } catch (error) {
      const { state } = await optimizer.get(id);
      const mayTryAgain =
        error instanceof OssError && error.code === 'OSS_OTP_REFUSED' && state === 'otpSent';
      if (!mayTryAgain || !process.stdin.isTTY) throw error;
      terminal.say(`${error.message} ${error.action}`);
    }
  }
}
