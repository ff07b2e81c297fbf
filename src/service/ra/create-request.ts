import { createHash } from 'node:crypto';
import { canonicalJson } from '../../base/canonical-json.ts';
import type { Clock } from '../../base/clock.ts';
import { newIdentifier } from '../../base/identifier.ts';
import { OssError } from '../../contract/errors.ts';
import { documentNumberKey } from '../../contract/model/document-number.ts';
import type { Identity } from '../../contract/model/identity.ts';
import type { CreateRequest } from '../../contract/service-api/requests.ts';
import type { KeyedHash } from '../settings/master-secret.ts';
import type { ProfileConfig } from '../settings/profiles.ts';
import type { NewRequest, RequestRecord } from '../store/request-repository.ts';
import type { Store } from '../store/store.ts';
import type { PinCheck } from './proven-pins.ts';
import type { LoggedInOfficer } from './session.ts';

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

export interface CreationPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly checkPin: PinCheck;
  readonly fingerprint: KeyedHash;
  readonly profiles: readonly ProfileConfig[];
  readonly writeContract: ContractWriter;
  readonly lifetimeMinutes: number;
  readonly tries: number;
}

/** The officer's PIN approves; then what may be registered is checked, written down in a contract and stored. */
export async function createRequest(
  ports: CreationPorts,
  officer: LoggedInOfficer,
  call: CreateRequest,
  idempotencyKey: string | undefined,
): Promise<RequestRecord> {
  const { store, fingerprint } = ports;
  await ports.checkPin(officer, call.pin);
  const profile = permittedProfile(ports.profiles, officer, call);
  // An address is asked for where the code goes to it.
  if (profile.channel === 'email' && call.identity.email === undefined) {
    throw new OssError('OSS_REQUEST_INVALID', { fields: ['identity.email'] });
  }
  const { pin: _, ...body } = call;
  const creationDigest = fingerprint(`request ${canonicalJson(JSON.parse(JSON.stringify(body)))}`);
  const request = await draftRequest(ports, officer, call, profile);
  if (await storeRequest(store, { ...request, creationKey: idempotencyKey, creationDigest })) {
    const { sha256, pdf } = request.contract;
    const contract = { sha256, bytes: pdf.length };
    return { ...request, creationDigest, state: 'approved', codesSent: 0, contract };
  }
  const earlier =
    idempotencyKey && (await store.requests.findByCreationKey(officer.username, idempotencyKey));
  if (!earlier) throw new OssError('OSS_INTERNAL');
  return assertSameData(earlier, creationDigest);
}

function permittedProfile(
  profiles: readonly ProfileConfig[],
  officer: LoggedInOfficer,
  { registrationAuthority, profile: id }: CreateRequest,
): ProfileConfig {
  if (!officer.registrationAuthorities.includes(registrationAuthority)) {
    throw new OssError('OSS_FORBIDDEN', { registrationAuthority });
  }
  const profile = profiles.find((candidate) => candidate.id === id);
  if (profile === undefined) throw new OssError('OSS_PROFILE_UNKNOWN', { profile: id });
  return profile;
}

function assertSameData(request: RequestRecord, creationDigest: string): RequestRecord {
  if (request.creationDigest !== creationDigest) throw new OssError('OSS_IDEMPOTENCY_CONFLICT');
  return request;
}

async function draftRequest(
  { clock, fingerprint, writeContract, lifetimeMinutes, tries }: CreationPorts,
  officer: LoggedInOfficer,
  { identity, organisation, registrationAuthority }: CreateRequest,
  profile: ProfileConfig,
): Promise<Omit<NewRequest, 'creationKey' | 'creationDigest'>> {
  const id = newIdentifier('req');
  const createdAt = clock();
  const pdf = await writeContract({
    requestId: id,
    identity,
    organisation,
    profile,
    registrationAuthority,
    officer: officer.displayName,
    createdAt,
  });
  return {
    id,
    profile: profile.id,
    registrationAuthority,
    officer: officer.username,
    signerKey: fingerprint(`signer ${canonicalJson(namedDocument(identity))}`),
    identity,
    organisation,
    contract: { sha256: createHash('sha256').update(pdf).digest('hex'), pdf },
    createdAt: createdAt.getTime(),
    expiresAt: createdAt.getTime() + lifetimeMinutes * 60_000,
    triesLeft: tries,
  };
}

/** What names the person in certificates: the document however it was spelled, whatever phone they have today. */
const namedDocument = ({ idDocument: { type, country, number } }: Identity) => ({
  type,
  country,
  number: documentNumberKey(number),
});

/** False when another call with the same idempotency key was faster. */
const storeRequest = (store: Store, request: NewRequest): Promise<boolean> =>
  store.transaction(async ({ requests, events }) => {
    if (!(await requests.insert(request))) return false;
    await events.append(request.id, 'request.approved', {
      officer: request.officer,
      registrationAuthority: request.registrationAuthority,
      profile: request.profile,
      contractSha256: request.contract.sha256,
      identity: request.creationDigest,
    });
    return true;
  });
