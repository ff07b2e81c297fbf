/** What a log shows of an act: a commitment that nobody can open without its salt. */
import { createHash } from 'node:crypto';

/** A certificate that is about to be issued, a signature that was made. */
export type LoggedAct = 'issuance' | 'signature';

/** Without the salt nothing follows from it, not even to who knows what was signed. */
export const commitmentTo = (salt: Uint8Array, digest: Uint8Array): Uint8Array =>
  createHash('sha256').update(salt).update(digest).digest();

/** The bytes of an entry: names nobody, no time, no document; one spelling only. */
export const encodeEntry = ({
  act,
  commitment,
}: {
  readonly act: LoggedAct;
  readonly commitment: Uint8Array;
}): Uint8Array =>
  Buffer.from(JSON.stringify({ v: 1, act, c: Buffer.from(commitment).toString('base64url') }));
