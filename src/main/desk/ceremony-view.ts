import type { CeremonyView } from '../../contract/ipc/ceremony.ts';
import type { SignerStep } from '../../contract/ipc/transactions.ts';
import type { Channel } from '../../contract/model/channel.ts';
import { fullNameOf, maskEmail } from '../../contract/model/identity.ts';
import type { Language } from '../../contract/model/language.ts';
import { manifestReference } from '../../contract/model/manifest-reference.ts';
import type { Transaction } from '../../contract/model/transaction.ts';
import type { CeremonyDocument } from './ceremony-documents.ts';
import { consentSentences } from './consent.ts';
import type { Reading } from './reading.ts';

/** Where a ceremony stands. */
export interface CeremonyState {
  readonly transaction: Transaction;
  readonly documents: readonly CeremonyDocument[];
  readonly reading: Reading;
  readonly step: SignerStep;
  readonly language: Language;
  readonly organisation: string;
  readonly channel: Channel;
  readonly sandbox: boolean;
  readonly sharedScreen: boolean;
  readonly withoutReference?: boolean;
  /** Ids of the documents that the signer did not agree to. */
  readonly refused: readonly string[];
  readonly wrongNumber: boolean;
  readonly called: boolean;
  readonly triesLeft: number | undefined;
  /** When another code may be asked for, while it is not known whether one was sent. */
  readonly unconfirmedUntil: string | undefined;
}

/** What the signer's window shows. */
export function viewOfCeremony(state: CeremonyState): CeremonyView {
  const { transaction, documents, reading, step, language, organisation, channel, unconfirmedUntil } = state;
  const { identity, registration, otp } = transaction;
  const reference = unconfirmedUntil === undefined ? undefined : referenceOfPrepared(state);
  const toSign = documents.filter(({ kind }) => kind === 'document');
  return {
    step,
    signer: fullNameOf(identity),
    organisation,
    language,
    documents: documents.map(({ incomplete: _, ...document }, index) => ({
      ...document,
      pagesShown: reading.pagesShown(index),
      pagesIncomplete: reading.pagesIncomplete(index),
      refused: state.refused.includes(document.id),
    })),
    consents: consentSentences(language, toSign, toSign.length < documents.length),
    channel,
    codeGoesTo: channel === 'email' ? maskEmail(identity.email ?? '') : (registration?.maskedPhone ?? ''),
    wrongNumber: state.wrongNumber,
    called: state.called,
    sharedScreen: state.sharedScreen,
    sandbox: state.sandbox,
    ...(unconfirmedUntil !== undefined && {
      unconfirmedCode: { resendAt: unconfirmedUntil },
      ...(reference !== undefined && { reference }),
    }),
    ...(otp &&
      unconfirmedUntil === undefined && {
        ...(!otp.withoutReference && { reference: otp.reference }),
        code: {
          digits: otp.digits,
          expiresAt: otp.expiresAt,
          resendAt: otp.resendAt,
          codesLeft: otp.codesLeft,
          triesLeft: state.triesLeft ?? otp.triesLeft,
        },
      }),
  };
}

/** What the SMS must show, computed here because no response says it. */
function referenceOfPrepared({ transaction, withoutReference }: CeremonyState): string | undefined {
  const { prepared, contents } = transaction;
  if (contents !== undefined || prepared === undefined || withoutReference) return undefined;
  return manifestReference(
    prepared.map(({ digest, claimedSigningTime }) => ({ digest, claimedSigningTime })),
  );
}
