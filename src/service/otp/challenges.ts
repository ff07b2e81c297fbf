import type { Clock } from '../../base/clock.ts';
import { newIdentifier } from '../../base/identifier.ts';
import { OssError } from '../../contract/errors.ts';
import { toUtcSeconds } from '../../contract/model/encoding.ts';
import { maskPhone } from '../../contract/model/identity.ts';
import type { OtpSent, SendOtp } from '../../contract/service-api/otp.ts';
import type { OtpSettings } from '../config/otp-settings.ts';
import type { SignerHistory } from '../store/challenge-repository.ts';
import type { RequestRecord } from '../store/request-repository.ts';
import type { Store } from '../store/store.ts';
import { codeMac, generateCode, newSalt, sameMac } from './code.ts';
import { CLAIM_MS, type Delivery } from './delivery.ts';
import { assertManifestAge } from './manifest-age.ts';
import { codeMessage } from './message.ts';
import { assertMaySend, LIMIT_WINDOW_MS, waitAfter } from './sending-limits.ts';
import { type OtpSubject, subjectOf } from './subject.ts';

export interface OtpPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly key: Uint8Array;
  readonly settings: OtpSettings;
  readonly issuer: string;
  readonly delivery: Delivery;
}

export interface OtpChallenges {
  /**
   * Sends a code that is good for exactly this manifest, or these contents; an earlier code of the request is void.
   * @param maxManifestAgeSeconds of the profile; the life of the code is taken off it here.
   * @throws OssError OSS_REQUEST_STATE, OSS_REQUEST_EXPIRED, OSS_FORBIDDEN (contents are not admitted),
   *   OSS_OTP_TOO_SOON, OSS_OTP_LIMIT, OSS_OTP_DELIVERY_FAILED, OSS_SIGNING_PREPARED_TOO_LONG_AGO, OSS_SIGNING_CLOCK_SKEW
   */
  send(request: RequestRecord, call: SendOtp, maxManifestAgeSeconds: number): Promise<OtpSent>;
  /**
   * Counts a try, then compares. Answers the digest of the subject that the code was sent for; the caller uses
   * the code up in the transaction that goes on with it.
   *
   * Wrong, expired, used, voided and never sent take the same path and get the same answer. `triesLeft`
   * is the request's own counter: set at every sending, one less at every refusal whatever its reason,
   * so it tells the caller nothing but how often they have tried.
   * @throws OssError OSS_OTP_REFUSED (details: triesLeft)
   */
  verify(requestId: string, code: string): Promise<{ readonly subjectDigest: string }>;
}

export const otpChallenges = (ports: OtpPorts): OtpChallenges => ({
  send: (request, call, maxAge) => sendCode(ports, request, call, maxAge),
  verify: (requestId, code) => verifyCode(ports, requestId, code),
});

async function sendCode(
  ports: OtpPorts,
  request: RequestRecord,
  call: SendOtp,
  maxManifestAgeSeconds: number,
): Promise<OtpSent> {
  const { store, settings, delivery } = ports;
  if (request.state === 'expired') throw new OssError('OSS_REQUEST_EXPIRED');
  if (request.state !== 'approved' && request.state !== 'otpSent') {
    throw new OssError('OSS_REQUEST_STATE', { state: request.state });
  }
  const now = ports.clock().getTime();
  if ('manifest' in call) {
    assertManifestAge(call.manifest, maxManifestAgeSeconds - settings.lifetimeSeconds, now);
  } else if (!settings.bindToContents) {
    throw new OssError('OSS_FORBIDDEN', { reason: 'codes are sent for final digests only' });
  }
  const subject = subjectOf(call);
  const history = await store.challenges.signerHistory(request.signerKey, now - LIMIT_WINDOW_MS);
  assertMaySend(
    {
      codesOfRequest: request.codesSent,
      lastOfRequest: await store.challenges.lastSentAt(request.id),
      signerSentAt: history.sentAt,
    },
    settings,
    now,
  );
  const messageId = await storeCode(ports, request, subject, history, now);
  const { reference: deliveryReference } = await delivery.deliver(messageId);
  return {
    reference: subject.reference,
    maskedPhone: maskPhone(request.identity.mobilePhone),
    digits: settings.digits,
    expiresAt: toUtcSeconds(new Date(now + settings.lifetimeSeconds * 1000)),
    resendAt: toUtcSeconds(new Date(now + waitAfter(history.sentAt.length + 1, settings) + 999)),
    triesLeft: settings.tries,
    codesLeft: settings.codesPerRequest - request.codesSent - 1,
    deliveryReference,
  };
}

/** The code, its message and the counters in one transaction; answers the id of the message. */
async function storeCode(
  { store, settings, issuer, key }: OtpPorts,
  request: RequestRecord,
  subject: OtpSubject,
  history: SignerHistory,
  now: number,
): Promise<string> {
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
  await store.transaction(async ({ requests, challenges, outbox, events }) => {
    const counters = { codes_sent: request.codesSent + 1, tries_left: settings.tries };
    const moved = await requests.move(
      request.id,
      ['approved', 'otpSent'],
      'otpSent',
      counters,
      request.codesSent,
    );
    if (!moved || !(await challenges.recordSent(request.signerKey, history, now))) {
      throw new OssError('OSS_OTP_TOO_SOON', { retryAfterSeconds: settings.resendAfterSeconds });
    }
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
        recipient: request.identity.mobilePhone,
        text,
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
    });
  });
  return messageId;
}

async function verifyCode(
  { store, clock, key }: OtpPorts,
  requestId: string,
  code: string,
): Promise<{ readonly subjectDigest: string }> {
  const triesLeft = await store.requests.countTry(requestId);
  const challenge = await store.challenges.live(requestId, clock().getTime());
  const binding = { requestId, manifestDigest: challenge?.manifestDigest ?? '' };
  const presented = codeMac(key, challenge?.salt ?? new Uint8Array(16), binding, code);
  const matches = sameMac(presented, challenge?.codeMac ?? new Uint8Array(presented.length));
  if (challenge !== undefined && triesLeft !== undefined && matches) {
    return { subjectDigest: challenge.manifestDigest };
  }
  await store.transaction(({ events }) =>
    events.append(requestId, 'otp.refused', { triesLeft: triesLeft ?? 0 }),
  );
  throw new OssError('OSS_OTP_REFUSED', { triesLeft: triesLeft ?? 0 });
}
