import { newIdentifier } from '../base/identifier.ts';
import { logSigner } from '../base/tlog/checkpoint.ts';
import { OssError } from '../contract/errors.ts';
import { caIssuersUrl, logOrigin, practiceStatementUrl } from './ca/public-urls.ts';
import { assertWithinAuthorities, plannedValidity } from './ca/validity.ts';
import type { ServiceConfig } from './config/service-config.ts';
import { contractWriter } from './contract-document/index.ts';
import { cscUrlOf } from './csc/base-url.ts';
import { type CscServices, cscServices } from './csc/index.ts';
import { describeService } from './describe-service.ts';
import type { ApiServices } from './http/api/api-services.ts';
import { describeCause } from './http/error-handler.ts';
import type { PublicServices } from './http/public/public-services.ts';
import type { KeyHealth } from './keys/key-health.ts';
import { singleUseKeys } from './keys/single-use-keys.ts';
import { watchService } from './metrics/watch-service.ts';
import type { Foundation } from './open-foundation.ts';
import { otpChallenges } from './otp/challenges.ts';
import { smsDelivery } from './otp/delivery.ts';
import { LIMIT_WINDOW_MS } from './otp/sending-limits.ts';
import { sendingQuota } from './otp/sending-quota.ts';
import { credentialCheck } from './ra/credential-check.ts';
import { overdueRequests } from './ra/erase-overdue.ts';
import { idPictures } from './ra/id-pictures.ts';
import { pinCheck } from './ra/proven-pins.ts';
import { registration } from './ra/registration.ts';
import { requestAccess } from './ra/request-access.ts';
import { officerSessions } from './ra/session.ts';
import { type Checks, readiness } from './readiness/readiness.ts';
import { sealing } from './seals/sealing.ts';
import type { ServicePorts } from './service-ports.ts';
import type { ProfileConfig } from './settings/profiles.ts';
import { readSecretFile } from './settings/secret-file.ts';
import { interruptAbandoned } from './signing/abandoned-signings.ts';
import { signingService } from './signing/signing.ts';
import { openTransparencyLog } from './transparency/log.ts';
import { type TrustServices, wireTrustServices } from './trust-services.ts';
import { rootCrlWatch, watchKeys } from './watch-keys.ts';

export interface Services {
  readonly api: ApiServices;
  /** Where the configuration has it. */
  readonly csc: CscServices | undefined;
  readonly public: PublicServices;
  /** Work that outlives the call that ordered it. */
  readonly maintain: () => Promise<void>;
  /** Waits for what `maintain` and calls left running; before the database is closed. */
  readonly close: () => Promise<void>;
  /** To be called every second, so that a jump of the clock is over before somebody asks for the time. */
  readonly observeClock: () => void;
}

/** Puts the parts together: the one place that knows all of them. */
export async function wireServices(
  config: ServiceConfig,
  publicUrl: string,
  foundation: Foundation,
  ports: ServicePorts,
): Promise<Services> {
  const { store, secrets } = foundation;
  const { clock } = ports;
  if (store.kind === 'sqlite') await takeOver(foundation);
  const cpsUri = config.cpsUri ?? practiceStatementUrl(publicUrl);
  const sandbox = config.mode === 'sandbox';
  const trust = await wireTrustServices(config, foundation, ports);
  const keys = watchKeys(config, foundation, ports);
  const watchRootCrl = rootCrlWatch(foundation, ports);
  const delivery = smsDelivery(store, foundation.channels.gateways, clock);
  const quota = sendingQuota(store, config.otp, secrets.fingerprint, foundation.metrics);
  const check = credentialCheck(store, clock);
  const checkPin = pinCheck({ store, clock, check });
  const access = requestAccess(store, clock);
  const pictures = idPictures({ store, clock, access });
  const eraseOverdue = overdueRequests(store, clock, config.retention);
  const otp = otpChallenges({
    store,
    clock,
    key: secrets.otpKey,
    fingerprint: secrets.fingerprint,
    settings: config.otp,
    issuer: config.issuer,
    delivery,
    quota,
    assertKeysAvailable: () => keys.assertAvailable(),
    assertTimeCanBeCertified(earliest, profile) {
      trust.clockGuard.assertNotBehind();
      assertWithinAuthorities(foundation.authorities, plannedValidity(earliest, profile));
    },
  });
  const log = await openTransparencyLog({
    store,
    signer: logSigner(logOrigin(publicUrl), secrets.logSeed),
    dataDirectory: config.dataDirectory,
    clock,
    randomBytes: ports.randomBytes,
    onFailure: (error) =>
      ports.log.warn({ cause: describeCause(new Error('', { cause: error })) }, 'the log did not grow'),
  });
  const signing = signingService({
    store,
    log,
    otp,
    issuance: {
      authorities: foundation.authorities,
      singleUseKey: singleUseKeys(foundation.keyStore),
      tsa: trust.tsa,
      revocationData: () => trust.status.revocationData(),
      clock,
      randomBytes: ports.randomBytes,
      practiceStatementUrl: cpsUri,
      caIssuersUrl: caIssuersUrl(publicUrl, 'issuing'),
    },
    fingerprint: secrets.fingerprint,
    owner: newIdentifier('process'),
    assertTimeAvailable(earliest, profile) {
      trust.clockGuard.now();
      assertWithinAuthorities(foundation.authorities, plannedValidity(earliest, profile));
    },
    assertKeysAvailable: () => keys.assertAvailable(),
    wait: ports.wait,
  });
  const ready = readiness({
    checks: readinessChecks(config, foundation, trust, keys, ports),
    monotonic: () => performance.now(),
    onFailure: (check, error) =>
      ports.log.warn({ check, cause: describeCause(new Error('', { cause: error })) }, 'not ready'),
  });
  const timestampBytes = await trust.tsa.largestTokenBytes();
  const { root, issuing, tsa, ocspResponders } = foundation.authorities;
  watchService(foundation.metrics, {
    store,
    ready,
    crl: (issuer) => trust.status.crl(issuer),
    certificates: {
      root: root.certificate,
      issuing: issuing.certificate,
      tsa: tsa.certificate,
      'ocsp-root': ocspResponders.root.certificate,
      'ocsp-issuing': ocspResponders.issuing.certificate,
    },
    now: clock,
  });
  const api: ApiServices = {
    ready,
    info: await describeService(config, publicUrl, cpsUri, foundation, timestampBytes, ports),
    sessions: officerSessions({
      store,
      clock,
      hashToken: secrets.hashToken,
      check,
      lifetimeMinutes: config.tokenLifetimeMinutes,
    }),
    registration: registration({
      store,
      clock,
      checkPin,
      access,
      fingerprint: secrets.fingerprint,
      profiles: config.profiles,
      writeContract: contractWriter({ issuer: config.issuer, cpsUri, sandbox }),
      lifetimeMinutes: config.requestLifetimeMinutes,
      tries: config.otp.tries,
    }),
    idPictures: pictures,
    access,
    otp,
    signing,
    sealing: sealing({
      seals: foundation.seals,
      store,
      checkPin,
      tsa: trust.tsa,
      revocationData: () => trust.status.revocationData(),
      clock: () => trust.clockGuard.now(),
      wait: ports.wait,
      counter: foundation.metrics.counter(
        'oneshot_seal_signatures_total',
        'Signatures of seals, by seal and by the way they were asked for.',
        ['seal', 'via'],
      ),
    }),
    timestampBytes,
    log,
    profileOf: (id) => profileNamed(config.profiles, id),
    store,
  };
  const { csc } = config;
  return {
    api,
    csc:
      csc &&
      cscServices({
        ...{ store, clock, checkPin, access, otp, signing, tsa: trust.tsa, issuer: config.issuer },
        ...{ sessions: api.sessions, registration: api.registration, sealing: api.sealing },
        ...{ hashToken: secrets.hashToken, profileOf: api.profileOf, baseUrl: cscUrlOf(csc) },
        tokenLifetimeMinutes: config.tokenLifetimeMinutes,
        requestLifetimeMinutes: config.requestLifetimeMinutes,
        clients: csc.clients.map(({ secretFile, ...client }) => ({
          ...client,
          ...(secretFile !== undefined && { secret: readSecretFile(secretFile) }),
        })),
      }),
    observeClock: () => trust.clockGuard.observe(),
    public: {
      ...trust,
      log,
      ready,
      practice: { issuer: config.issuer, sandbox },
      receipts: { gateways: foundation.channels.callbacks, token: secrets.receiptToken },
    },
    close: () => log.close(),
    async maintain() {
      await interruptAbandoned(store, clock);
      await log.sequence();
      await keys.assertAvailable().catch(() => undefined);
      await watchRootCrl();
      await delivery.deliverWaiting();
      await foundation.receipts.settleWaiting();
      await quota.forget(clock().getTime());
      await store.officers.removeExpired(clock().getTime());
      await store.csc.removeExpired(clock().getTime());
      await store.sentCodes.removeBefore(clock().getTime() - LIMIT_WINDOW_MS);
      await eraseOverdue();
    },
  };
}

const readinessChecks = (
  { profiles }: Pick<ServiceConfig, 'profiles'>,
  { store, authorities, channels }: Foundation,
  { tsa, clockGuard }: TrustServices,
  keys: KeyHealth,
  { randomBytes }: ServicePorts,
): Checks => ({
  database: () => store.assertAvailable(),
  keys: () => keys.examine(),
  async clock() {
    const now = clockGuard.now().getTime();
    for (const profile of profiles) assertWithinAuthorities(authorities, plannedValidity(now, profile));
  },
  timestamp: async () => void (await tsa.timestamp(randomBytes(32))),
  sms: () => channels.assertAvailable(),
});

/** This process alone has the database: whatever a killed one held is free at once. */
async function takeOver({ store }: Foundation): Promise<void> {
  await store.signings.releaseAll();
  await store.outbox.releaseAll();
}

/** A request may name a profile that the configuration no longer has. */
function profileNamed(profiles: readonly ProfileConfig[], id: string): ProfileConfig {
  const profile = profiles.find((candidate) => candidate.id === id);
  if (profile === undefined) throw new OssError('OSS_PROFILE_UNKNOWN', { profile: id });
  return profile;
}
