import { createHash } from 'node:crypto';
import { OssError } from '../../contract/errors.ts';
import { toUtcSeconds } from '../../contract/model/encoding.ts';
import { fullNameOf, type Identity, maskPhone } from '../../contract/model/identity.ts';
import type { CreateRequest, RequestView } from '../../contract/service-api/requests.ts';
import type { Clock } from '../config/clock.ts';
import { newIdentifier } from '../config/identifier.ts';
import type { KeyedHash } from '../config/master-secret.ts';
import type { ProfileConfig } from '../config/profiles.ts';
import { canonicalJson } from '../log/canonical-json.ts';
import type { Officer } from '../store/officer-repository.ts';
import type { RequestRecord } from '../store/request-repository.ts';
import type { Store } from '../store/store.ts';
import type { CredentialCheck } from './credential-check.ts';
import type { RequestAccess } from './request-access.ts';

/** What the contract between the signer and the service names. */
export interface ContractSubject {
  readonly requestId: string;
  readonly identity: Identity;
  readonly organisation: string | undefined;
  readonly profile: ProfileConfig;
  readonly registrationAuthority: string;
  readonly officer: string;
  readonly createdAt: Date;
}

export type ContractWriter = (subject: ContractSubject) => Promise<Uint8Array>;

interface RegistrationPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly check: CredentialCheck;
  readonly access: RequestAccess;
  readonly fingerprint: KeyedHash;
  readonly profiles: readonly ProfileConfig[];
  readonly writeContract: ContractWriter;
  readonly lifetimeMinutes: number;
  readonly tries: number;
}

export interface Registration {
  /**
   * Registers a signer: identity plus the officer's approval by PIN. The same idempotency key with the
   * same data answers the same request.
   * @throws OssError OSS_CREDENTIALS_INVALID, OSS_RATE_LIMITED, OSS_FORBIDDEN, OSS_PROFILE_UNKNOWN,
   *   OSS_IDEMPOTENCY_CONFLICT
   */
  create(officer: Officer, call: CreateRequest, idempotencyKey: string | undefined): Promise<RequestView>;
  /** @throws OssError OSS_REQUEST_STATE when it is being signed or has ended. */
  cancel(officer: Officer, id: string): Promise<RequestView>;
}

export const toRequestView = (request: RequestRecord): RequestView => ({
  id: request.id,
  state: request.state,
  profile: request.profile,
  registrationAuthority: request.registrationAuthority,
  officer: request.officer,
  signer: fullNameOf(request.identity),
  maskedPhone: maskPhone(request.identity.mobilePhone),
  createdAt: toUtcSeconds(new Date(request.createdAt)),
  expiresAt: toUtcSeconds(new Date(request.expiresAt)),
  contract: { ...request.contract },
});

export function registration(ports: RegistrationPorts): Registration {
  const { store, access } = ports;
  return {
    create: (officer, call, idempotencyKey) => createRequest(ports, officer, call, idempotencyKey),

    async cancel(officer, id) {
      const request = await access(id, officer);
      await store.transaction(async ({ requests, challenges, events }) => {
        if (!(await requests.move(id, ['approved', 'otpSent'], 'cancelled'))) {
          throw new OssError('OSS_REQUEST_STATE', { state: request.state });
        }
        await challenges.end(id);
        await events.append(id, 'request.cancelled', { officer: officer.username });
      });
      return toRequestView(await access(id, officer));
    },
  };
}

async function createRequest(
  ports: RegistrationPorts,
  officer: Officer,
  call: CreateRequest,
  idempotencyKey: string | undefined,
): Promise<RequestView> {
  const { store, fingerprint } = ports;
  await ports.check('pin', officer.username, call.pin, officer.pinHash);
  const { registrationAuthority, identity, organisation } = call;
  if (!officer.registrationAuthorities.includes(registrationAuthority)) {
    throw new OssError('OSS_FORBIDDEN', { registrationAuthority });
  }
  const profile = ports.profiles.find(({ id }) => id === call.profile);
  if (profile === undefined) throw new OssError('OSS_PROFILE_UNKNOWN', { profile: call.profile });

  const { pin: _, ...body } = call;
  const creationDigest = fingerprint(`request ${canonicalJson(JSON.parse(JSON.stringify(body)))}`);
  const earlier = idempotencyKey
    ? await store.requests.findByCreationKey(officer.username, idempotencyKey)
    : undefined;
  if (earlier) return sameRequest(earlier, creationDigest);

  const id = newIdentifier('req');
  const createdAt = ports.clock();
  const officerName = officer.displayName;
  const pdf = await ports.writeContract({
    requestId: id,
    identity,
    organisation,
    profile,
    registrationAuthority,
    officer: officerName,
    createdAt,
  });
  const sha256 = createHash('sha256').update(pdf).digest('hex');
  const inserted = await store.transaction(async ({ requests, events }) => {
    const isNew = await requests.insert({
      id,
      profile: profile.id,
      registrationAuthority,
      officer: officer.username,
      signerKey: fingerprint(`signer ${identity.mobilePhone} ${canonicalJson({ ...identity.idDocument })}`),
      identity,
      organisation,
      contract: { sha256, pdf },
      createdAt: createdAt.getTime(),
      expiresAt: createdAt.getTime() + ports.lifetimeMinutes * 60_000,
      creationKey: idempotencyKey,
      creationDigest,
      triesLeft: ports.tries,
    });
    if (isNew) {
      await events.append(id, 'request.approved', {
        officer: officer.username,
        registrationAuthority,
        profile: profile.id,
        contractSha256: sha256,
        identity: creationDigest,
      });
    }
    return isNew;
  });
  const stored =
    inserted || idempotencyKey === undefined
      ? await store.requests.find(id)
      : await store.requests.findByCreationKey(officer.username, idempotencyKey);
  if (stored === undefined) throw new OssError('OSS_INTERNAL');
  return sameRequest(stored, creationDigest);
}

function sameRequest(request: RequestRecord, creationDigest: string): RequestView {
  if (request.creationDigest !== creationDigest) throw new OssError('OSS_IDEMPOTENCY_CONFLICT');
  return toRequestView(request);
}
