import type { Clock } from '../../base/clock.ts';
import { OssError } from '../../contract/errors.ts';
import { toBase64, toUtcSeconds } from '../../contract/model/encoding.ts';
import type { SealCall } from '../../contract/service-api/seals.ts';
import type { SignResponse } from '../../contract/service-api/sign.ts';
import type { Counter } from '../metrics/metrics.ts';
import { assertManifestAge, claimedTimes } from '../otp/manifest-age.ts';
import type { PinCheck } from '../ra/proven-pins.ts';
import type { LoggedInOfficer } from '../ra/session.ts';
import { signManifest } from '../signing/issuance.ts';
import type { RevocationData } from '../status/status-service.ts';
import { SERVICE_STREAM } from '../store/event-log.ts';
import type { Store } from '../store/store.ts';
import type { TimeStampAuthority } from '../tsa/time-stamp-authority.ts';
import type { Seal, Seals } from './port.ts';

export interface SealingPorts {
  readonly seals: Seals;
  readonly store: Store;
  readonly checkPin: PinCheck;
  readonly tsa: Pick<TimeStampAuthority, 'timestamp'>;
  readonly revocationData: () => Promise<RevocationData>;
  readonly clock: Clock;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Signatures of seals, by seal and by the way they were asked for. */
  readonly counter: Counter;
}

/** What a seal does; every use is in the event log of the service before it happens, with its digests. */
export interface Sealing {
  readonly seals: Pick<Seals, 'of' | 'get'>;
  /** The seal, where this officer could use it now. @throws OssError as `seal` */
  check(officer: LoggedInOfficer, id: string, pin: string): Promise<Seal>;
  /**
   * Seals every digest of the manifest, for an officer who proves it with the PIN.
   * @throws OssError OSS_NOT_FOUND, OSS_FORBIDDEN, OSS_CREDENTIALS_INVALID, OSS_RATE_LIMITED, OSS_SIGNING_*,
   *   OSS_TIME_NOT_AVAILABLE, OSS_KEYS_UNAVAILABLE
   */
  seal(officer: LoggedInOfficer, id: string, call: SealCall): Promise<SignResponse>;
  /**
   * Signs digests of signed attributes that were built elsewhere (CSC signHash), in their order. Whatever authorises
   * the officer is the caller's to check.
   * @param hashes SHA-256 each
   * @throws OssError OSS_NOT_FOUND, OSS_FORBIDDEN; OSS_REQUEST_INVALID where the key takes no digest
   */
  signHashes(
    officer: Pick<LoggedInOfficer, 'username'>,
    id: string,
    hashes: readonly Uint8Array[],
  ): Promise<readonly Uint8Array[]>;
}

/** A seal is valid for years, so the age of a claimed time only keeps a forgotten preparation from being sealed. */
const MAX_AGE_SECONDS = 60 * 60;

export function sealing(ports: SealingPorts): Sealing {
  const { seals, clock } = ports;
  const check = async (officer: LoggedInOfficer, id: string, pin: string): Promise<Seal> => {
    const seal = await seals.get(id, officer);
    await ports.checkPin(officer, pin);
    assertUsable(seal, clock());
    return seal;
  };
  return {
    seals,
    check,
    async seal(officer, id, { pin, manifest }) {
      const seal = await check(officer, id, pin);
      assertManifestAge(manifest, MAX_AGE_SECONDS, clock().getTime());
      const digests = manifest.map(({ digest }) => digest);
      await note(ports, { seal, officer, via: 'api', digests });
      // A claimed time up to two seconds ahead of our clock must have come when the time stamp is made.
      await ports.wait(claimedTimes(manifest).latest - clock().getTime());
      const { certificate, signer: key } = seal;
      const documents = await signManifest(ports, { key, certificate }, manifest);
      const { crls, ocspResponses } = await ports.revocationData();
      return {
        signedAt: toUtcSeconds(clock()),
        signatureScheme: key.scheme,
        certificate: toBase64(certificate.der),
        chain: seal.chain.map(({ der }) => toBase64(der)),
        documents,
        revocation: { crls: crls.map(toBase64), ocspResponses: ocspResponses.map(toBase64) },
      };
    },
    async signHashes(officer, id, hashes) {
      const seal = await seals.get(id, officer);
      assertUsable(seal, clock());
      const { signDigest } = seal.signer;
      if (signDigest === undefined)
        throw new OssError('OSS_REQUEST_INVALID', { reason: 'the key of this seal signs no hash' });
      await note(ports, { seal, officer, via: 'csc', digests: hashes.map(toBase64) });
      return Promise.all(hashes.map((hash) => signDigest(hash)));
    },
  };
}

function assertUsable({ certificate }: Seal, now: Date): void {
  if (!certificate.isValidAt(now))
    throw new OssError('OSS_CERTIFICATE_LINT', {
      reason: `"${certificate.subject.text}" is outside its validity`,
    });
}

interface Use {
  readonly seal: Seal;
  readonly officer: Pick<LoggedInOfficer, 'username'>;
  readonly via: 'api' | 'csc';
  /** Base64. */
  readonly digests: readonly string[];
}

async function note({ store, counter }: SealingPorts, { seal, officer, via, digests }: Use): Promise<void> {
  await store.transaction(({ events }) =>
    events.append(SERVICE_STREAM, 'seal.used', {
      seal: seal.id,
      officer: officer.username,
      via,
      serialNumber: seal.certificate.serialHex,
      digests: [...digests],
    }),
  );
  counter.add({ seal: seal.id, via }, digests.length);
}
