import { canonicalJson } from '../../base/canonical-json.ts';
import { newIdentifier } from '../../base/identifier.ts';
import { OssError, toOssError } from '../../contract/errors.ts';
import type { Manifest } from '../../contract/model/manifest.ts';
import type { RequestState } from '../../contract/model/request-state.ts';
import type { SignCall } from '../../contract/service-api/sign.ts';
import { parseTbsCertificate } from '../../pki/index.ts';
import type { OtpChallenges, VerifiedCode } from '../otp/challenges.ts';
import { assertManifestAge, claimedTimes } from '../otp/manifest-age.ts';
import { isAuthorisedBy, subjectOf } from '../otp/subject.ts';
import type { KeyedHash } from '../settings/master-secret.ts';
import type { ProfileConfig } from '../settings/profiles.ts';
import type { RequestRecord } from '../store/request-repository.ts';
import { NO_CALL, type Signing } from '../store/signing-repository.ts';
import type { Store } from '../store/store.ts';
import type { TransparencyLog } from '../transparency/log.ts';
import { interruptAbandoned, interruptSigning } from './abandoned-signings.ts';
import { type IssuancePorts, issueAndSign } from './issuance.ts';

/** A process that dies while it signs is given up after this. 100 documents take a few seconds. */
const LEASE_MS = 60_000;

export interface SigningPorts {
  readonly store: Store;
  readonly otp: OtpChallenges;
  readonly issuance: IssuancePorts;
  readonly fingerprint: KeyedHash;
  readonly log: Pick<TransparencyLog, 'record' | 'nudge'>;
  /** Names this process in the records of its work. */
  readonly owner: string;
  /**
   * @throws OssError OSS_TIME_NOT_AVAILABLE, or OSS_CERTIFICATE_LINT where no certificate can cover this claimed
   * time, in ms: asked before a code is used up for nothing.
   */
  readonly assertTimeAvailable: (earliest: number, profile: ProfileConfig) => void;
  /** @throws OssError OSS_KEYS_UNAVAILABLE, for the same reason. */
  readonly assertKeysAvailable: () => Promise<void>;
  readonly wait: (milliseconds: number) => Promise<void>;
}

export interface SigningService {
  /**
   * Signs every document of the manifest, once. The same key with the same call answers the same bytes.
   * @returns the JSON text of a SignResponse
   * @throws OssError OSS_OTP_REFUSED, OSS_SIGNING_*, OSS_REQUEST_STATE, OSS_REQUEST_EXPIRED, OSS_FORBIDDEN,
   *   OSS_IDEMPOTENCY_CONFLICT, OSS_TIME_NOT_AVAILABLE
   */
  sign(
    request: RequestRecord,
    profile: ProfileConfig,
    call: SignCall,
    idempotencyKey: string,
  ): Promise<Uint8Array>;

  /**
   * The same for a code that was compared before, in a call of its own: it is used up here.
   * @throws OssError as `sign`
   */
  signProven(
    request: RequestRecord,
    profile: ProfileConfig,
    proven: VerifiedCode & { readonly manifest: Manifest },
    idempotencyKey: string,
  ): Promise<Uint8Array>;

  /**
   * What an earlier call with this key was answered: for a station that was killed before it read the response,
   * and that no longer has the code.
   * @returns the JSON text of a SignResponse, byte for byte as the first time
   * @throws OssError OSS_REQUEST_STATE when nothing was signed under this key, and nothing will be: a call that comes
   *   later is refused; OSS_SIGNING_IN_PROGRESS, OSS_SIGNING_INTERRUPTED
   */
  responseOf(requestId: string, idempotencyKey: string): Promise<Uint8Array>;
}

interface Attempt {
  readonly request: RequestRecord;
  readonly profile: ProfileConfig;
  readonly call: SignCall;
  readonly idempotencyKey: string;
  readonly callDigest: string;
  /** The code was compared before; the call does not carry it. */
  readonly proven?: VerifiedCode;
}

export function signingService(ports: SigningPorts): SigningService {
  /** Calls this process works on: a second one neither costs a try nor runs beside the first. */
  const inFlight = new Map<string, { readonly attempt: Attempt; readonly result: Promise<Uint8Array> }>();
  const run = async (attempt: Attempt): Promise<Uint8Array> => {
    const { request, idempotencyKey } = attempt;
    const running = inFlight.get(request.id);
    if (running !== undefined) {
      if (running.attempt.idempotencyKey !== idempotencyKey) throw new OssError('OSS_SIGNING_IN_PROGRESS');
      assertSameCall(running.attempt, attempt);
      return running.result;
    }
    const result = signOnce(ports, attempt).finally(() => inFlight.delete(request.id));
    inFlight.set(request.id, { attempt, result });
    return result;
  };
  return {
    async sign(request, profile, call, idempotencyKey) {
      const callDigest = ports.fingerprint(`sign ${canonicalJson(JSON.parse(JSON.stringify(call)))}`);
      return run({ request, profile, call, idempotencyKey, callDigest });
    },
    async signProven(request, profile, { manifest, ...proven }, idempotencyKey) {
      const call: SignCall = { manifest, authorisation: { type: 'otp', code: '' } };
      const callDigest = ports.fingerprint(`sign proven ${proven.challengeId} ${proven.subjectDigest}`);
      return run({ request, profile, call, idempotencyKey, callDigest, proven });
    },
    async responseOf(requestId, idempotencyKey) {
      const { store, owner, issuance } = ports;
      // A call with this key may still be on its way: who is told that nothing was signed asks with another one.
      if ((await storedResponse(ports, requestId, idempotencyKey)) === undefined)
        await store.signings.refuse(requestId, idempotencyKey, owner, issuance.clock().getTime());
      const earlier = await storedResponse(ports, requestId, idempotencyKey);
      if (earlier === undefined || earlier.callDigest === NO_CALL)
        throw new OssError('OSS_REQUEST_STATE', { reason: 'nothing signed with this key' });
      return responseIn(earlier);
    },
  };
}

async function signOnce(ports: SigningPorts, attempt: Attempt): Promise<Uint8Array> {
  const earlier = await earlierResponse(ports, attempt);
  if (earlier !== undefined) return earlier;
  // As the caller has just read it; where a winner was faster since, no code is live and no claim is won.
  if (attempt.request.state === 'signing') await assertSignable(ports, attempt);
  else assertTakesSignature(attempt.request.state);
  const { manifest } = attempt.call;
  const now = ports.issuance.clock().getTime();
  assertManifestAge(manifest, attempt.profile.maxManifestAgeSeconds, now);
  ports.assertTimeAvailable(claimedTimes(manifest).earliest, attempt.profile);
  await ports.assertKeysAvailable();
  const code = await authorise(ports, attempt);
  const signing = await claim(ports, attempt, code);
  try {
    // A claimed time up to two seconds ahead of our clock must have come when the time stamp is made.
    await ports.wait(claimedTimes(manifest).latest - ports.issuance.clock().getTime());
    return await issueAndStore(ports, attempt, signing);
  } catch (thrown) {
    const error = toOssError(thrown);
    await interruptSigning(ports.store, signing, ports.issuance.clock().getTime(), error.code);
    // Whatever it was, the code is used up: the same call again would only be refused.
    throw error.code === 'OSS_SIGNING_INTERRUPTED'
      ? error
      : new OssError('OSS_SIGNING_INTERRUPTED', { reason: error.code }, { cause: thrown });
  }
}

/** What a call with this key got before; undefined when there was none. */
async function earlierResponse(ports: SigningPorts, attempt: Attempt): Promise<Uint8Array | undefined> {
  const earlier = await storedResponse(ports, attempt.request.id, attempt.idempotencyKey);
  if (earlier === undefined) return undefined;
  if (earlier.callDigest === NO_CALL) throw nothingWillBeSigned();
  assertSameCall(earlier, attempt);
  return responseIn(earlier);
}

/** Somebody was told that nothing is signed with this key. */
const nothingWillBeSigned = (): OssError =>
  new OssError('OSS_SIGNING_INTERRUPTED', { reason: 'this key was given up' });

async function storedResponse({ store, issuance }: SigningPorts, requestId: string, idempotencyKey: string) {
  const signing = await store.signings.find(requestId, idempotencyKey);
  if (signing?.state !== 'pending') return signing;
  await interruptAbandoned(store, issuance.clock);
  return store.signings.find(requestId, idempotencyKey);
}

function responseIn(signing: Pick<Signing, 'state' | 'result'>): Uint8Array {
  if (signing.state === 'pending') throw new OssError('OSS_SIGNING_IN_PROGRESS');
  if (signing.result === undefined) throw new OssError('OSS_SIGNING_INTERRUPTED');
  return signing.result;
}

function assertSameCall(a: { readonly callDigest: string }, b: { readonly callDigest: string }): void {
  if (a.callDigest !== b.callDigest) throw new OssError('OSS_IDEMPOTENCY_CONFLICT');
}

/**
 * The state as it is stored now: the one that the caller read may be older than a winner's, or than a dead one's
 * lease.
 */
async function assertSignable({ store, issuance }: SigningPorts, { request }: Attempt): Promise<void> {
  await interruptAbandoned(store, issuance.clock);
  assertTakesSignature((await store.requests.find(request.id))?.state ?? request.state);
}

function assertTakesSignature(state: RequestState): void {
  if (state === 'signed') throw new OssError('OSS_SIGNING_DONE');
  if (state === 'signing') throw new OssError('OSS_SIGNING_IN_PROGRESS');
  if (state === 'expired') throw new OssError('OSS_REQUEST_EXPIRED');
  if (state === 'cancelled') throw new OssError('OSS_REQUEST_STATE', { state });
}

/** The code that authorises the call; undefined where the proof of another authentication does. */
async function authorise(ports: SigningPorts, attempt: Attempt): Promise<VerifiedCode | undefined> {
  const { store, otp } = ports;
  const { request, profile, call } = attempt;
  if (call.authorisation.type === 'external') {
    if (profile.externalAuthentication) return undefined;
    throw new OssError('OSS_FORBIDDEN', { reason: 'The profile needs the code of an SMS.' });
  }
  try {
    const verified = attempt.proven ?? (await otp.verify(request.id, call.authorisation.code));
    if (isAuthorisedBy(verified.subjectDigest, call)) return verified;
  } catch (error) {
    // On another process a winner may have used the code since the state was read.
    await assertSignable(ports, attempt);
    throw error;
  }
  await store.transaction(async ({ challenges, requests, events }) => {
    await challenges.end(request.id);
    await requests.move(request.id, ['otpSent'], 'approved');
    await events.append(request.id, 'otp.voided', { reason: 'the documents changed' });
  });
  throw new OssError('OSS_SIGNING_DIGESTS_CHANGED');
}

/** Uses the code up and records the intent, in one transaction that only one caller can win. */
async function claim(
  ports: SigningPorts,
  attempt: Attempt,
  code: VerifiedCode | undefined,
): Promise<Pick<Signing, 'id' | 'requestId'>> {
  const { store, otp, owner, issuance } = ports;
  const { request, call, idempotencyKey, callDigest } = attempt;
  const { authorisation } = call;
  const [id, now] = [newIdentifier('sig'), issuance.clock().getTime()];
  const won = await store.transaction(async (repositories) => {
    const { requests, challenges, signings, events } = repositories;
    const from = code === undefined ? (['approved', 'otpSent'] as const) : (['otpSent'] as const);
    if (!(await requests.move(request.id, from, 'signing'))) return false;
    if (code === undefined) await challenges.end(request.id);
    // A code that was sent meanwhile has voided this one; the exception takes the move back.
    else if (!(await otp.consume(repositories, request, code))) throw new OssError('OSS_OTP_REFUSED');
    const manifestDigest = subjectOf({ manifest: call.manifest }).digest;
    const leaseUntil = now + LEASE_MS;
    const signing = {
      id,
      requestId: request.id,
      idempotencyKey,
      callDigest,
      manifestDigest,
      owner,
      leaseUntil,
    };
    // The exception takes the move and the use of the code back.
    if (!(await signings.insert(signing, now))) throw nothingWillBeSigned();
    await events.append(request.id, 'signing.intended', {
      signing: id,
      manifest: manifestDigest,
      documents: call.manifest.length,
      ...(call.contents === undefined ? {} : { contents: subjectOf({ contents: call.contents }).digest }),
      authorisation: authorisation.type,
      ...(authorisation.type === 'external'
        ? { method: authorisation.method, reference: ports.fingerprint(authorisation.reference) }
        : {}),
    });
    return true;
  });
  if (!won) {
    await assertSignable(ports, attempt);
    throw new OssError('OSS_SIGNING_IN_PROGRESS');
  }
  return { id, requestId: request.id };
}

async function issueAndStore(
  { store, issuance, log }: SigningPorts,
  { request, profile, call }: Attempt,
  { id }: Pick<Signing, 'id'>,
): Promise<Uint8Array> {
  const storePlan = async (tbs: Uint8Array): Promise<void> => {
    const serialNumber = parseTbsCertificate(tbs).serialNumber.toString(16);
    await store.transaction(async (repositories) => {
      const { signings, events } = repositories;
      if (!(await signings.plan(id, tbs))) throw new OssError('OSS_SIGNING_INTERRUPTED');
      await events.append(request.id, 'certificate.planned', { signing: id, serialNumber });
      // Before the authority signs: no certificate without an entry.
      await log.record(repositories, request.id, 'issuance', tbs);
    });
  };
  const response = await issueAndSign(issuance, {
    identity: request.identity,
    signerId: Buffer.from(request.signerKey, 'base64url').toString('hex').slice(0, 32),
    profile,
    manifest: call.manifest,
    storePlan,
  });
  const result = Buffer.from(JSON.stringify(response));
  await store.transaction(async (repositories) => {
    const { signings, requests, events } = repositories;
    const stored =
      (await signings.finish(id, 'done', result, issuance.clock().getTime())) &&
      (await requests.move(request.id, ['signing'], 'signed'));
    if (!stored) throw new OssError('OSS_SIGNING_INTERRUPTED');
    await events.appendAll(request.id, [
      { type: 'signing.done', data: { signing: id, documents: response.documents.length } },
      { type: 'key.destroyed', data: { signing: id } },
    ]);
    await log.record(repositories, request.id, 'signature', result);
  });
  log.nudge();
  return result;
}
