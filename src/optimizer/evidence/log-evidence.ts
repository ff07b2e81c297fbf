/** What the transparency log of the service proves of a signature. */
import { createHash } from 'node:crypto';
import { provenEntry } from '../../base/tlog/judge-proof.ts';
import type { LogEvidence } from '../../contract/model/evidence.ts';
import type { LogEntries } from '../../contract/service-api/log-entries.ts';
import { parseCertificate } from '../../pki/index.ts';
import type { SigningResponse } from '../signing-service/port.ts';

type Act = LogEvidence['acts'][number];

/** What each act must be about: nothing of it is taken from who gives the proof. */
export type LoggedDigests = readonly Pick<Act, 'act' | 'digest'>[];

/** Those of a response, as far as its bytes are known. */
export const digestsOf = ({
  certificate,
  sha256,
}: Pick<SigningResponse, 'certificate' | 'sha256'>): LoggedDigests => [
  { act: 'issuance', digest: createHash('sha256').update(parseCertificate(certificate).tbs).digest('hex') },
  ...(sha256 === undefined
    ? []
    : [{ act: 'signature' as const, digest: Buffer.from(sha256, 'base64').toString('hex') }]),
];

/** Judges what the service shows of its log. */
export const logEvidenceOf = ({ key, entries }: LogEntries, digests: LoggedDigests): LogEvidence => ({
  key: key.trim(),
  acts: digests.map(({ act, digest }) => {
    const entry = entries.find((one) => one.act === act);
    const { proof } = entry ?? {};
    if (proof === undefined) return { act, digest, state: 'awaited' };
    return { act, digest, proof, state: provenEntry(key, { act, digest, proof }) ? 'proven' : 'wrong' };
  }),
});

/**
 * Whether every proof holds that is there; one that was not there yet is no fault.
 * @param key the key that the log must have; without it the one that the service named
 */
export const isProven = (log: LogEvidence, key = log.key): boolean =>
  log.acts.every((act) => act.state === 'awaited' || provenEntry(key, act) !== undefined);
