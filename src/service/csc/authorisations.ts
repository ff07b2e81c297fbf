/** From the digests to the SAD: explicit authorisation (CSC API v2 §11.8-11.11), bound to what was registered. */
import { OssError } from '../../contract/errors.ts';
import { toUtcSeconds } from '../../contract/model/encoding.ts';
import type { Manifest } from '../../contract/model/manifest.ts';
import { requestIdSchema } from '../../contract/model/request-id.ts';
import type { RequestRecord } from '../store/request-repository.ts';
import { CscError, invalidParameter } from './csc-error.ts';
import type { Grants, ProvenCode, SentCode } from './grants.ts';
import type { CscCaller, CscPorts } from './port.ts';

/** A seal's SAD is for what comes next, not for the day. */
const SEAL_SAD_MS = 5 * 60_000;

export const isOneShot = (credentialID: string): boolean => requestIdSchema.safeParse(credentialID).success;

export interface AuthorizeCall {
  readonly credentialID: string;
  readonly numSignatures: number;
  /** Base64 of SHA-256 each. */
  readonly hashes: readonly string[];
  /** What the user typed. */
  readonly secret: string | undefined;
  /** How the version of the caller calls a wrong one. */
  readonly refusal: 'invalid_authentication_data' | 'invalid_pin' | 'invalid_otp';
}

export interface Authorised {
  readonly SAD: string;
  /** Seconds. */
  readonly expiresIn: number;
}

export interface Authorisations {
  /** Says which digests the next code of a one-shot credential will be good for. */
  registerDigests(caller: CscCaller, credentialID: string, hashes: readonly string[]): Promise<void>;
  /** Sends the code. @throws CscError where no digests are registered */
  challenge(caller: CscCaller, credentialID: string): Promise<SentCode>;
  authorize(caller: CscCaller, call: AuthorizeCall): Promise<Authorised>;
  /** Of seals alone: a code is good for what it was sent for. */
  extend(
    caller: CscCaller,
    credentialID: string,
    sad: string,
    hashes: readonly string[],
  ): Promise<Authorised>;
  /** A code for a request and its digests, from whichever page or call. */
  send(request: RequestRecord, hashes: readonly string[]): Promise<SentCode>;
  /** @throws OssError OSS_OTP_REFUSED */
  prove(request: RequestRecord, sent: SentCode, code: string): Promise<ProvenCode>;
}

export function authorisations(ports: CscPorts, grants: Grants): Authorisations {
  const { store, clock, otp, access, sealing, checkPin, profileOf, requestLifetimeMinutes } = ports;
  const now = (): number => clock().getTime();
  const secondsUntil = (time: number): number => Math.max(1, Math.floor((time - now()) / 1000));

  const registered = async ({ officer }: CscCaller, credentialID: string) => {
    const found = await grants.find('digests', credentialID);
    if (found?.state.officer === officer.username) return found;
    throw new CscError('invalid_request', 'The digests to be signed have to be registered first.');
  };

  const send: Authorisations['send'] = async (request, hashes) => {
    // The client writes its own /M; the certificate is made to cover the time at which the code went out.
    const claimedSigningTime = toUtcSeconds(clock());
    const manifest: Manifest = hashes.map((digest) => ({ digest, claimedSigningTime }));
    const { reference, maskedPhone, expiresAt } = await otp.send(
      request,
      { manifest },
      profileOf(request.profile),
    );
    return { manifest, reference, maskedPhone, expiresAt: Date.parse(expiresAt) };
  };

  const prove: Authorisations['prove'] = async (request, { manifest, expiresAt }, code) => {
    const { challengeId, subjectDigest } = await otp.verify(request.id, code);
    return { manifest, challengeId, subjectDigest, expiresAt };
  };

  const give = async (
    { officer }: CscCaller,
    credentialID: string,
    hashes: readonly string[],
    expiresAt: number,
    proven?: ProvenCode,
  ): Promise<Authorised> => {
    const state = { officer: officer.username, credentialID, ...(proven && { proven }) };
    const SAD = await grants.give('sad', state, expiresAt);
    await store.csc.authorise(grants.handleOf('sad', SAD), hashes);
    return { SAD, expiresIn: secondsUntil(expiresAt) };
  };

  return {
    send,
    prove,
    async registerDigests(caller, credentialID, hashes) {
      const request = await access(credentialID, caller.officer);
      if (new Set(hashes).size !== hashes.length) throw invalidParameter('hashes');
      const state = { officer: caller.officer.username, hashes };
      await grants.keep('digests', request.id, state, now() + requestLifetimeMinutes * 60_000);
    },

    async challenge(caller, credentialID) {
      if (!isOneShot(credentialID)) throw invalidParameter('authObjectID');
      const request = await access(credentialID, caller.officer);
      const { state, expiresAt } = await registered(caller, credentialID);
      const sent = await send(request, state.hashes);
      await grants.keep('digests', request.id, { ...state, sent }, expiresAt);
      return sent;
    },

    async authorize(caller, { credentialID, numSignatures, hashes, secret, refusal }) {
      if (numSignatures !== hashes.length)
        throw new CscError('invalid_request', 'Numbers of signatures is not equal to the number of hashes');
      if (secret === undefined) throw new CscError(refusal, 'The authentication data is missing.');
      if (!isOneShot(credentialID)) {
        await sealing.seals.get(credentialID, caller.officer);
        await refusingAs(refusal, checkPin(caller.officer, secret));
        return give(caller, credentialID, hashes, now() + SEAL_SAD_MS);
      }
      const request = await access(credentialID, caller.officer);
      const { sent } = (await registered(caller, credentialID)).state;
      if (!sent) throw new CscError('invalid_request', 'No code was sent yet.');
      // Before the code is compared: a try costs the signer one.
      if (
        !isSameSet(
          hashes,
          sent.manifest.map(({ digest }) => digest),
        )
      )
        throw new CscError('invalid_request', 'Hash is not authorized: the code was sent for other digests.');
      const proven = await refusingAs(refusal, prove(request, sent, secret));
      return give(caller, credentialID, hashes, sent.expiresAt, proven);
    },

    async extend(caller, credentialID, sad, hashes) {
      const found = await grants.find('sad', sad);
      const isOwn =
        found?.state.officer === caller.officer.username && found.state.credentialID === credentialID;
      if (!found || !isOwn) throw new CscError('invalid_request', 'Invalid parameter SAD');
      if (found.state.proven)
        throw new CscError('invalid_request', 'A one-shot credential signs what its code was sent for.');
      // Not before it was judged: what is refused uses nothing up. Of two calls at once one gets further.
      if (!(await grants.take('sad', sad))) throw new CscError('invalid_request', 'Invalid parameter SAD');
      return give(caller, credentialID, hashes, now() + SEAL_SAD_MS);
    },
  };
}

/** As multisets. */
export function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  const [sorted, expected] = [[...one].sort(), [...other].sort()];
  return sorted.length === expected.length && sorted.every((hash, index) => hash === expected[index]);
}

/** What the user typed is wrong, in the word of the version. */
async function refusingAs<T>(refusal: AuthorizeCall['refusal'], work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (thrown) {
    const isWrong =
      thrown instanceof OssError &&
      (thrown.code === 'OSS_OTP_REFUSED' || thrown.code === 'OSS_CREDENTIALS_INVALID');
    throw isWrong ? new CscError(refusal, 'The authentication data is wrong.') : thrown;
  }
}
