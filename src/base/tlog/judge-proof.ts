/** What a proof of an entry proves, to who has the key of the log and knows what the entry should be about. */
import { type LogKey, openCheckpoint, parseVerifierKey } from './checkpoint.ts';
import { commitmentTo, encodeEntry, type LoggedAct } from './entry.ts';
import { type LogProof, parseProof, proves } from './proof-file.ts';

/** What opens an entry: `extra` of its proof, as JSON with base64. */
interface Opening {
  readonly act: LoggedAct;
  readonly salt: Uint8Array;
  readonly digest: Uint8Array;
}

export interface ProvenEntry {
  readonly index: number;
  /** Entries of the log when the proof was made. */
  readonly size: number;
  readonly act: LoggedAct;
}

/** Why a proof proves nothing. */
export type ProofFault =
  | 'noProof'
  | 'notOpened'
  | 'otherKey'
  | 'notInTheLog'
  | 'otherAct'
  | 'aboutSomethingElse';

/** @param about SHA-256 of what each act should be about; without any it may be about anything */
export function judgeProof(
  text: string,
  key: LogKey,
  about: ReadonlyMap<LoggedAct, Uint8Array>,
): ProvenEntry | { readonly fault: ProofFault; readonly act?: LoggedAct } {
  const proof = parseProof(text);
  if (proof === undefined) return { fault: 'noProof' };
  const opening = openingIn(proof);
  if (opening === undefined) return { fault: 'notOpened' };
  const { act, salt, digest } = opening;
  const entry = encodeEntry({ act, commitment: commitmentTo(salt, digest) });
  const head = openCheckpoint(proof.checkpoint, key);
  if (head === undefined) return { fault: 'otherKey', act };
  if (!proves(proof, entry, key)) return { fault: 'notInTheLog', act };
  const expected = about.get(act);
  if (about.size > 0 && expected === undefined) return { fault: 'otherAct', act };
  if (expected !== undefined && Buffer.compare(digest, expected) !== 0)
    return { fault: 'aboutSomethingElse', act };
  return { index: proof.index, size: head.size, act };
}

function openingIn({ extra }: LogProof): Opening | undefined {
  try {
    const { act, salt, digest } = JSON.parse(Buffer.from(extra ?? []).toString('utf8'));
    if (act !== 'issuance' && act !== 'signature') return undefined;
    return { act, salt: Buffer.from(salt, 'base64'), digest: Buffer.from(digest, 'base64') };
  } catch {
    return undefined;
  }
}

/**
 * The entry that a proof proves to be about this; undefined where it proves none, or another.
 * @param key `origin+hash+key`
 * @param about `digest`: SHA-256, hexadecimal
 */
export function provenEntry(
  key: string,
  {
    act,
    digest,
    proof,
  }: { readonly act: LoggedAct; readonly digest: string; readonly proof?: string | undefined },
): ProvenEntry | undefined {
  const logKey = parseVerifierKey(key.trim());
  if (logKey === undefined || proof === undefined) return undefined;
  const judged = judgeProof(proof, logKey, new Map([[act, Buffer.from(digest, 'hex')]]));
  return 'fault' in judged ? undefined : judged;
}
