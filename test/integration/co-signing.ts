import { randomInt } from 'node:crypto';
import type { CaseRecord } from '../../src/contract/model/case.ts';
import { identitySchema } from '../../src/contract/model/identity.ts';
import type { SignatureOptions, Transaction } from '../../src/contract/model/transaction.ts';
import type { NewCase } from '../../src/optimizer/index.ts';
import { SANDBOX_OFFICER } from '../../src/service/config/sandbox-defaults.ts';
import type { Station } from './station.ts';

/** Somebody who has not signed before, under a name of their own. */
export const person = (givenName: string, language = 'en') =>
  identitySchema.parse({
    givenName,
    surname1: 'Lovelace',
    idDocument: { type: 'PAS', country: 'GB', number: String(randomInt(100_000_000, 999_999_999)) },
    mobilePhone: `+34611${randomInt(100_000, 999_999)}`,
    language,
  });

/** A place on the first page, a row for each signer. */
export const visibleIn = (row: number): SignatureOptions => ({
  visible: {
    page: 1,
    rectangle: { x1: 330, y1: 36 + 70 * row, x2: 530, y2: 96 + 70 * row },
    text: ['Signed by {name}', '{date}'],
  },
});

export const newCase = (
  station: Station,
  names: readonly string[],
  paths: readonly string[],
  { last = [], ...more }: Partial<NewCase> & { readonly last?: NewCase['signers'] } = {},
): Promise<CaseRecord> =>
  station.optimizer.cases.create({
    signers: [
      ...names.map((name, row) => ({
        identity: person(name),
        documents: paths.map((_, document) => ({ document, options: visibleIn(row) })),
      })),
      ...last,
    ],
    documents: paths.map((path) => ({ path })),
    profile: 'single-use-p256',
    registrationAuthority: SANDBOX_OFFICER.registrationAuthority,
    deliverTo: station.output,
    ...more,
  });

/** The signer reads, refuses some documents perhaps, types the code, and the signed files go to the next signer. */
export async function signNext(
  station: Station,
  caseId: string,
  signer: number,
  refused: readonly number[] = [],
): Promise<Transaction> {
  const { optimizer } = station;
  const { id } = await optimizer.cases.begin(caseId, signer);
  await optimizer.register(id);
  await optimizer.prepare(id);
  if (refused.length > 0) await optimizer.refuseDocuments(id, refused);
  const code = await station.receiveCode(await optimizer.confirmReview(id));
  await optimizer.sign(id, { type: 'otp', code });
  await optimizer.deliver(id);
  return optimizer.get(id);
}

/** The signer reads and declines the whole. */
export async function declineNext(station: Station, caseId: string, signer: number): Promise<void> {
  const { optimizer } = station;
  const { id } = await optimizer.cases.begin(caseId, signer);
  await optimizer.register(id);
  await optimizer.prepare(id);
  await optimizer.recordAct(id, { type: 'declined' });
  await optimizer.cancel(id);
}
