import type { Clock } from '../../base/clock.ts';
import { newIdentifier } from '../../base/identifier.ts';
import { OssError } from '../../contract/errors.ts';
import type { Channel } from '../../contract/model/channel.ts';
import { toUtcSeconds } from '../../contract/model/encoding.ts';
import { type Identity, maskEmail, maskPhone } from '../../contract/model/identity.ts';
import type { OtpSent } from '../../contract/model/otp-sent.ts';
import type { SendOtp } from '../../contract/service-api/otp.ts';
import type { KeyedHash } from '../settings/master-secret.ts';
import type { OtpSettings } from '../settings/otp-settings.ts';
import type { ProfileConfig } from '../settings/profiles.ts';
import type { RequestRecord } from '../store/request-repository.ts';
import type { Repositories, Store } from '../store/store.ts';
import { codeMac, generateCode, newSalt, sameMac } from './code.ts';
import { CLAIM_MS, type Delivery } from './delivery.ts';
import { assertManifestAge, claimedTimes } from './manifest-age.ts';
import { codeMessage } from './message.ts';
import { assertMaySend, LIMIT_WINDOW_MS, waitAfterNext } from './sending-limits.ts';
import type { SendingQuota } from './sending-quota.ts';
import { sendingSubjects } from './sending-subjects.ts';
import { type OtpSubject, subjectOf } from './subject.ts';

export interface OtpPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly key: Uint8Array;
  readonly fingerprint: KeyedHash;
  readonly settings: OtpSettings;
  readonly issuer: string;
  readonly delivery: Delivery;
  readonly quota: SendingQuota;
  /** @throws OssError while the keys of the authorities cannot sign: asked before an SMS goes out for nothing. */
  readonly assertKeysAvailable: () => Promise<void>;
  /**
   * @throws OssError OSS_TIME_NOT_AVAILABLE, or OSS_CERTIFICATE_LINT where no certificate can cover this claimed
   * time, in ms: for the same reason.
   */
  readonly assertTimeCanBeCertified: (
    earliest: number,
    profile: Pick<ProfileConfig, 'validityMinutes'>,
  ) => void;
}

type SendingProfile = Pick<
  ProfileConfig,
  'maxManifestAgeSeconds' | 'bindToContents' | 'channel' | 'validityMinutes'
>;

export interface OtpChallenges {
  /**
   * Sends a code that is good for exactly this manifest, or these contents; an earlier code of the request is void.
   * @param profile the life of the code is taken off its `maxManifestAgeSeconds` here
   * @throws OssError OSS_REQUEST_STATE, OSS_REQUEST_EXPIRED, OSS_FORBIDDEN (contents are not admitted),
   *   OSS_OTP_TOO_SOON, OSS_OTP_LIMIT, OSS_OTP_DELIVERY_FAILED, OSS_SIGNING_PREPARED_TOO_LONG_AGO,
   * OSS_SIGNING_CLOCK_SKEW,
   *   OSS_TIME_NOT_AVAILABLE, OSS_KEYS_UNAVAILABLE
   */
  send(request: RequestRecord, call: SendOtp, profile: SendingProfile): Promise<OtpSent>;
  /**
   * Counts a try, then compares. Answers the digest of the subject that the code was sent for; the caller calls
   * `consume` in the transaction that goes on with it.
   *
   * Wrong, expired, used, voided and never sent take the same path and get the same response. `triesLeft`
   * is the request's own counter: set at every sending, one less at every refusal whatever its reason,
   * so it tells the caller nothing but how often they have tried.
   * @throws OssError OSS_OTP_REFUSED (details: triesLeft)
   */
  verify(requestId: string, code: string): Promise<VerifiedCode>;
  /**
   * Uses the code up, in a transaction of the caller; false when another code has taken its place since. The limits
   * then count the codes that went to this phone and person as used.
   */
  consume(repositories: Repositories, request: RequestRecord, code: VerifiedCode): Promise<boolean>;
}

/** A code that was right when it was compared. */
export interface VerifiedCode {
  readonly challengeId: string;
  readonly subjectDigest: string;
}

export const otpChallenges = (ports: OtpPorts): OtpChallenges => ({
  send: (request, call, profile) => sendCode(ports, request, call, profile),
  verify: (requestId, code) => verifyCode(ports, requestId, code),
  async consume({ challenges, sentCodes }, { identity }, { challengeId }) {
    if (!(await challenges.use(challengeId))) return false;
    await sentCodes.markUsed(sendingSubjects(identity, ports.fingerprint).map(({ key }) => key));
    return true;
  },
});

async function sendCode(
  ports: OtpPorts,
  request: RequestRecord,
  call: SendOtp,
  profile: SendingProfile,
): Promise<OtpSent> {
  const { maxManifestAgeSeconds, bindToContents, channel } = profile;
  const { settings, delivery } = ports;
  assertTakesCode(request);
  const now = ports.clock().getTime();
  if ('manifest' in call) {
    assertManifestAge(call.manifest, maxManifestAgeSeconds - settings.lifetimeSeconds, now);
  } else if (!bindToContents) {
    throw new OssError('OSS_FORBIDDEN', { reason: 'codes are sent for final digests only' });
  }
  const subject = subjectOf(call);
  ports.assertTimeCanBeCertified('manifest' in call ? claimedTimes(call.manifest).earliest : now, profile);
  await ports.assertKeysAvailable();
  const { messageId, wait, codesSent } = await ports.quota.within(request.registrationAuthority, now, () =>
    storeCode(ports, request, subject, channel, now),
  );
  const { reference: deliveryReference } = await delivery.deliver(messageId);
  return {
    reference: subject.reference,
    maskedPhone: maskedRecipient(channel, request.identity),
    channel,
    digits: settings.digits,
    expiresAt: toUtcSeconds(new Date(now + settings.lifetimeSeconds * 1000)),
    resendAt: toUtcSeconds(new Date(now + wait + 999)),
    triesLeft: settings.tries,
    codesLeft: settings.codesPerRequest - codesSent,
    deliveryReference,
  };
}

function assertTakesCode({ state }: Pick<RequestRecord, 'state'>): void {
  if (state === 'expired') throw new OssError('OSS_REQUEST_EXPIRED');
  if (state !== 'approved' && state !== 'otpSent') throw new OssError('OSS_REQUEST_STATE', { state });
}

interface StoredCode {
  readonly messageId: string;
  /** Milliseconds until another code may be asked for. */
  readonly wait: number;
  /** For the request, this one included. */
  readonly codesSent: number;
}

/**
 * Limits, code, message and counters in one transaction that has phone and person to itself: a code that goes
 * out has been counted, and none is counted twice.
 */
async function storeCode(
  { store, settings, issuer, key, fingerprint }: OtpPorts,
  request: RequestRecord,
  subject: OtpSubject,
  channel: Channel,
  now: number,
): Promise<StoredCode> {
  const code = settings.fixedCode ?? generateCode(settings.digits);
  const salt = newSalt();
  const binding = { requestId: request.id, manifestDigest: subject.digest };
  const { reference, documents } = subject;
  const [challengeId, messageId] = [newIdentifier('otp'), newIdentifier('msg')];
  const expiresAt = now + settings.lifetimeSeconds * 1000;
  const text = codeMessage({
    language: request.identity.language,
    issuer,
    documents,
    reference,
    minutes: Math.floor(settings.lifetimeSeconds / 60),
    code,
  });
  const { wait, codesSent } = await store.transaction(
    async ({ requests, challenges, sentCodes, outbox, events }) => {
      const subjects = [];
      for (const { kind, key } of sendingSubjects(request.identity, fingerprint)) {
        subjects.push({ kind, key, ...(await sentCodes.lock(key, now - LIMIT_WINDOW_MS, now)) });
      }
      // As it is now that phone and person are ours: a call that came at the same time may have sent a code meanwhile,
      // and the wait that the limits then ask for is the true one.
      const { state, codesSent } = (await requests.find(request.id)) ?? request;
      assertTakesCode({ state });
      const lastOfRequest = codesSent === 0 ? undefined : await challenges.lastSentAt(request.id);
      assertMaySend({ codesOfRequest: codesSent, lastOfRequest, subjects }, settings, now);
      const counters = { codes_sent: codesSent + 1, tries_left: settings.tries };
      const moved = await requests.move(request.id, ['approved', 'otpSent'], 'otpSent', counters, codesSent);
      // Every code of this request waits for the same person: only a signature can have come in between.
      if (!moved) throw new OssError('OSS_REQUEST_STATE', { state: 'signing' });
      await sentCodes.add(
        challengeId,
        subjects.map((subject) => subject.key),
        now,
      );
      await challenges.replace({
        id: challengeId,
        ...binding,
        salt,
        codeMac: codeMac(key, salt, binding, code),
        createdAt: now,
        expiresAt,
      });
      await outbox.insert(
        {
          id: messageId,
          requestId: request.id,
          challengeId,
          channel,
          recipient: recipientOf(channel, request.identity),
          text,
          code,
          language: request.identity.language,
          validUntil: expiresAt,
        },
        now,
        now + CLAIM_MS,
      );
      await events.append(request.id, 'otp.created', {
        challenge: challengeId,
        manifest: binding.manifestDigest,
        reference,
        documents,
        channel,
      });
      return { wait: waitAfterNext(subjects, settings, now), codesSent: codesSent + 1 };
    },
  );
  return { messageId, wait, codesSent };
}

/** @throws OssError OSS_REQUEST_INVALID for a signer without an e-mail address, registered before one was asked for */
function recipientOf(channel: Channel, { email, mobilePhone }: Identity): string {
  if (channel !== 'email') return mobilePhone;
  if (email === undefined) throw new OssError('OSS_REQUEST_INVALID', { fields: ['identity.email'] });
  return email;
}

const maskedRecipient = (channel: Channel, identity: Identity): string =>
  channel === 'email' ? maskEmail(recipientOf(channel, identity)) : maskPhone(recipientOf(channel, identity));

async function verifyCode(
  { store, clock, key }: OtpPorts,
  requestId: string,
  code: string,
): Promise<VerifiedCode> {
  // One transaction, so that the code that is compared is the one whose tries were counted: the row of the request
  // is held from the count to the read, and a new code waits for it.
  const { triesLeft, challenge } = await store.transaction(async ({ requests, challenges }) => ({
    triesLeft: await requests.countTry(requestId),
    challenge: await challenges.live(requestId, clock().getTime()),
  }));
  const binding = { requestId, manifestDigest: challenge?.manifestDigest ?? '' };
  const presented = codeMac(key, challenge?.salt ?? new Uint8Array(16), binding, code);
  const matches = sameMac(presented, challenge?.codeMac ?? new Uint8Array(presented.length));
  if (challenge !== undefined && triesLeft !== undefined && matches) {
    return { challengeId: challenge.id, subjectDigest: challenge.manifestDigest };
  }
  await store.transaction(({ events }) =>
    events.append(requestId, 'otp.refused', { triesLeft: triesLeft ?? 0 }),
  );
  throw new OssError('OSS_OTP_REFUSED', { triesLeft: triesLeft ?? 0 });
}
