import { randomBytes } from 'node:crypto';
import { OssError } from '../../../contract/errors.ts';
import { toUtcSeconds } from '../../../contract/model/encoding.ts';
import { contentsReference, manifestReference } from '../../../contract/model/manifest-reference.ts';
import type { OtpSent } from '../../../contract/model/otp-sent.ts';
import type { CscProvider, ProviderSecrets } from '../../../contract/model/provider.ts';
import type { SigningServiceDescription } from '../../../contract/model/signing-service.ts';
import { believedTime } from '../believed-time.ts';
import { HttpClient, type HttpClientOptions } from '../http-client.ts';
import type {
  AuthorisedDigests,
  CertificatePolicy,
  Registration,
  SigningCall,
  SigningResponse,
  SigningService,
} from '../port.ts';
import { RememberedResponses } from '../remembered-responses.ts';
import { sendCode } from './authorise.ts';
import { type Credential, credentialIdFor, readCredential } from './credential.ts';
import { CscApi } from './csc-api.ts';
import { cscError } from './csc-error.ts';
import { signDocuments } from './sign-documents.ts';
import { signHashes } from './sign-hashes.ts';
import type { Signing } from './signing.ts';
import { StationToken } from './station-token.ts';

export interface CscConfig extends Omit<HttpClientOptions, 'baseUrl' | 'errorOf'>, CscProvider {
  readonly secrets: ProviderSecrets;
  /** Shows a page of the provider to the person at this computer. */
  readonly openBrowser?: (url: string) => Promise<void> | void;
  readonly now?: () => Date;
}

/** The one profile that a provider of this kind has for the station. */
export const CSC_PROFILE = 'csc';
const DAY_MS = 24 * 3600 * 1000;
/** Shown beside the field: the provider says neither of them. */
const USUAL_CODE = Object.freeze({ digits: 6, lifetimeSeconds: 300, resendSeconds: 60, tries: 3 });
/**
 * Chains of qualified providers are some kilobytes; with time stamp and signature a /Contents of more than
 * 16 KiB.
 */
const BOUNDS = Object.freeze({
  chainBytes: 12 * 1024,
  timestampBytes: 12 * 1024,
  maxManifestAgeSeconds: 12 * 3600,
});

/** A provider that speaks the API of the Cloud Signature Consortium, v1.0.4 or v2. */
export class CscService implements SigningService {
  readonly certificates: CertificatePolicy;
  readonly registration: Registration;
  readonly #config: CscConfig;
  readonly #http: HttpClient;
  readonly #token: StationToken;
  readonly #api: CscApi;
  readonly #now: () => Date;
  readonly #remembered = new RememberedResponses();

  constructor(config: CscConfig) {
    this.#config = config;
    this.certificates = {
      lifetime: 'any',
      names: 'as-the-authority-writes',
      // One that is only made with the signature cannot be older.
      validFrom: config.signs === 'document' ? 'the-moment-of-signing' : 'before-the-claimed-time',
    };
    this.#now = config.now ?? (() => new Date());
    const { url, version, authorisation, secrets, openBrowser, signs: _, ...options } = config;
    this.#http = new HttpClient({ ...options, baseUrl: baseUrlOf(url, version), errorOf: cscError });
    const info = () => this.#api.info();
    this.#token = new StationToken({ http: this.#http, authorisation, secrets, openBrowser, info });
    this.#api = new CscApi(
      this.#http,
      () => this.#token.get(),
      () => this.#token.drop(),
    );
    this.registration = { register: ({ identity }) => this.#register(identity) };
  }

  async describe(): Promise<SigningServiceDescription> {
    const { name, specs, methods } = await this.#api.refreshInfo();
    const { environment, signs, url } = this.#config;
    const limit = await this.#limit();
    return {
      name: name || new URL(url).hostname,
      version: `CSC ${specs || this.#config.version}`,
      mode: environment,
      issuer: name || new URL(url).hostname,
      time: toUtcSeconds(this.#time()),
      // The largest of all keys: the credential is known with the signer alone.
      profiles: [{ id: CSC_PROFILE, keyAlgorithm: 'rsa-4096', ...BOUNDS }],
      otp: { lifetimeSeconds: USUAL_CODE.lifetimeSeconds, withoutReference: true },
      needsTimestampAuthority: signs === 'hash' && !methods.includes('signatures/timestamp'),
      sendsValidationData: false,
      ...(limit === undefined ? {} : { maxDocuments: limit }),
    };
  }

  async logIn(): Promise<void> {
    await this.#token.get();
    const { credential } = this.#config;
    if (credential.type === 'fixed') await readCredential(this.#api, credential.id);
  }

  async sendOtp(requestId: string, authorised: AuthorisedDigests): Promise<OtpSent> {
    const { version } = this.#config;
    const credential = await this.#credentialOf(requestId);
    const reference =
      'manifest' in authorised
        ? manifestReference(authorised.manifest)
        : contentsReference(authorised.contents);
    const count = 'manifest' in authorised ? authorised.manifest.length : authorised.contents.length;
    if (credential.otp && count > credential.multisign)
      throw new OssError('OSS_TOO_MANY_DOCUMENTS', { limit: credential.multisign });
    await sendCode(this.#api, version, credential);
    const now = this.#time().getTime();
    return {
      reference,
      withoutReference: true,
      maskedPhone: '',
      digits: USUAL_CODE.digits,
      expiresAt: toUtcSeconds(new Date(now + USUAL_CODE.lifetimeSeconds * 1000)),
      resendAt: toUtcSeconds(new Date(now + USUAL_CODE.resendSeconds * 1000)),
      triesLeft: USUAL_CODE.tries,
      codesLeft: USUAL_CODE.tries,
      deliveryReference: '',
    };
  }

  async sign(requestId: string, call: SigningCall, idempotencyKey: string): Promise<SigningResponse> {
    const credential = await this.#credentialOf(requestId);
    const { methods } = await this.#api.info();
    const signing: Signing = {
      api: this.#api,
      provider: this.#config,
      credential,
      pin: this.#config.secrets.pin,
      client: this.#token.client,
      stamps: methods.includes('signatures/timestamp'),
      remember: (pending) => this.#remembered.pending(idempotencyKey, pending),
    };
    const sign = this.#config.signs === 'hash' ? signHashes : signDocuments;
    const response = await sign(signing, call);
    this.#remembered.keep(idempotencyKey, response);
    return response;
  }

  /**
   * The API has no such method: what this process knows of, or what was to be polled for, is all there is.
   */
  storedResponse(_requestId: string, idempotencyKey: string): Promise<SigningResponse> {
    return this.#remembered.find(idempotencyKey);
  }

  /** Nothing is open at the provider: what was authorised ends by itself. */
  async cancel(): Promise<void> {}

  close(): Promise<void> {
    return this.#http.close();
  }

  async #register(identity: Parameters<typeof credentialIdFor>[2]) {
    this.#requireDocuments();
    const id = await credentialIdFor(this.#api, this.#config.credential, identity);
    const credential = await readCredential(this.#api, id);
    this.#requireCode(credential);
    return {
      id: requestIdOf(id),
      expiresAt: toUtcSeconds(new Date(this.#time().getTime() + DAY_MS)),
      maskedPhone: '',
    };
  }

  /** @throws OssError OSS_CONFIG_INVALID: without a certificate nothing can be put together here */
  #requireDocuments(): void {
    const { credential, signs, signatureQualifier } = this.#config;
    if (credential.type !== 'one-shot' || (signs === 'document' && signatureQualifier !== undefined)) return;
    const reason = 'a key that is made for one signature needs "signs": "document" and a signatureQualifier';
    throw new OssError('OSS_CONFIG_INVALID', { reason });
  }

  #requireCode({ otp, mode }: Credential): void {
    if (mode === 'oauth2code' && this.#config.openBrowser === undefined) {
      const reason =
        'with this key the provider asks the signer on its own page, and there is no browser here';
      throw new OssError('OSS_CONFIG_INVALID', { reason });
    }
    if (otp !== undefined || mode === 'oauth2code' || this.#config.withoutCode) return;
    const reason = 'with this key the provider would sign without asking the signer for a code';
    throw new OssError('OSS_CONFIG_INVALID', { reason });
  }

  #credentialOf(requestId: string): Promise<Credential> {
    return readCredential(this.#api, credentialIdIn(requestId));
  }

  /** With a code, one authorisation is all there is; otherwise several follow one another. */
  async #limit(): Promise<number | undefined> {
    const { credential } = this.#config;
    if (credential.type !== 'fixed') return undefined;
    // Before anybody has logged in the limit is found out with the first code.
    const known = await readCredential(this.#api, credential.id).catch(() => undefined);
    return known?.otp ? Math.min(known.multisign, 1_000_000) : undefined;
  }

  #time(): Date {
    const now = this.#now();
    return believedTime(new Date(now.getTime() + this.#api.clockAhead), now);
  }
}

/** @param url with or without the path of the API */
const baseUrlOf = (url: string, version: string): string => {
  const bare = url.replace(/\/+$/, '');
  return /\/v\d+$/.test(bare) ? `${bare}/` : `${bare.replace(/\/csc$/, '')}/csc/v${version}/`;
};

/** One for each transaction, which tells the credential after a restart too. */
const requestIdOf = (credentialID: string): string => {
  const named = encodeURIComponent(credentialID);
  return `csc_${randomBytes(8).toString('hex')}:${named}`;
};

function credentialIdIn(requestId: string): string {
  const [, named] = /^csc_[0-9a-f]{16}:(.*)$/.exec(requestId) ?? [];
  if (named === undefined) throw new OssError('OSS_REQUEST_NOT_FOUND');
  return decodeURIComponent(named);
}
