import { OssError } from '../../../contract/errors.ts';
import type { Manifest } from '../../../contract/model/manifest.ts';
import { SEAL_PROFILE } from '../../../contract/model/seal.ts';
import type { SigningServiceDescription } from '../../../contract/model/signing-service.ts';
import { sealListSchema, sealViewSchema } from '../../../contract/service-api/seals.ts';
import { signResponseSchema } from '../../../contract/service-api/sign.ts';
import { type HttpClient, parseAs } from '../http-client.ts';
import type {
  CertificatePolicy,
  OfferedSeal,
  Registration,
  SealOffer,
  SigningCall,
  SigningResponse,
  SigningService,
} from '../port.ts';
import type { Session } from './session.ts';
import { responseFrom } from './translate.ts';

/** What the seals share with the service that has them. */
export interface SealHost {
  readonly http: HttpClient;
  readonly session: Session;
  describe(): Promise<SigningServiceDescription>;
}

/** The seals of our own service. */
export const oneShotSeals = (host: SealHost): SealOffer => ({
  list: () => listSeals(host),
  async check(id) {
    const { http, session } = host;
    await session.authorised((headers) =>
      http.repeatableJson(sealViewSchema, {
        method: 'POST',
        path: `/v1/seals/${id}/check`,
        body: { pin: session.credentials.pin },
        headers,
      }),
    );
  },
  signer: (id) => new SealSigner(host, id),
});

async function listSeals({ http, session }: SealHost) {
  const { seals } = await session.authorised((headers) =>
    http.repeatableJson(sealListSchema, { method: 'GET', path: '/v1/seals', headers }),
  );
  return seals satisfies readonly OfferedSeal[];
}

/** A claimed time that is older is refused. */
const MAX_AGE_SECONDS = 55 * 60;
const LIFETIME_MS = 60 * 60_000;

/**
 * An organisation that signs with its seal. A seal can be set again, unlike the signature of a person: where a
 * response was lost, the same digests are sealed once more.
 */
class SealSigner implements SigningService {
  readonly certificates: CertificatePolicy = {
    lifetime: 'any',
    names: 'of-an-organisation',
    validFrom: 'before-the-claimed-time',
  };
  readonly registration: Registration = {
    register: async () => {
      const end = new Date(Date.parse((await this.#host.describe()).time) + LIFETIME_MS);
      return {
        id: `seal-${this.#id}`,
        expiresAt: end.toISOString().replace(/\.\d+Z$/, 'Z'),
        maskedPhone: '',
      };
    },
  };
  readonly #host: SealHost;
  readonly #id: string;

  constructor(host: SealHost, id: string) {
    this.#host = host;
    this.#id = id;
  }

  async describe(): Promise<SigningServiceDescription> {
    const [described, seals] = await Promise.all([this.#host.describe(), listSeals(this.#host)]);
    const own = seals.find(({ id }) => id === this.#id);
    if (own === undefined) throw new OssError('OSS_FORBIDDEN', { reason: `no seal ${this.#id}` });
    const { keyAlgorithm, chainBytes, timestampBytes } = own;
    const profile = { id: SEAL_PROFILE, keyAlgorithm, chainBytes, timestampBytes };
    return { ...described, profiles: [{ ...profile, maxManifestAgeSeconds: MAX_AGE_SECONDS }] };
  }

  async logIn(): Promise<void> {
    await this.#host.session.logIn();
  }

  async sendOtp(): Promise<never> {
    throw new OssError('OSS_REQUEST_STATE', { reason: 'a seal needs no code' });
  }

  sign(_requestId: string, { manifest }: SigningCall): Promise<SigningResponse> {
    return this.#seal(manifest);
  }

  storedResponse(_requestId: string, _key: string, manifest: Manifest): Promise<SigningResponse> {
    return this.#seal(manifest);
  }

  async cancel(): Promise<void> {
    // Nothing was registered anywhere.
  }

  async close(): Promise<void> {
    // The connection is the service's.
  }

  async #seal(manifest: Manifest): Promise<SigningResponse> {
    const { http, session } = this.#host;
    const path = `/v1/seals/${this.#id}/sign`;
    const bytes = await session.authorised((headers) =>
      http.repeatableBytes({
        method: 'POST',
        path,
        body: { pin: session.credentials.pin, manifest },
        headers,
      }),
    );
    const { sha256: _, ...response } = responseFrom(parseAs(signResponseSchema, bytes, path), bytes);
    return response;
  }
}
