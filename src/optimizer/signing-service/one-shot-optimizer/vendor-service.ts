import { OssError, toOssError } from '../../../contract/errors.ts';
import { fromBase64, toBase64, toUtcSeconds } from '../../../contract/model/encoding.ts';
import type { IdPictureSide } from '../../../contract/model/id-picture.ts';
import { type Identity, maskPhone } from '../../../contract/model/identity.ts';
import type { Manifest } from '../../../contract/model/manifest.ts';
import { manifestReference } from '../../../contract/model/manifest-reference.ts';
import type { OtpSent } from '../../../contract/model/otp-sent.ts';
import type { ProviderSecrets, VendorOptimizer } from '../../../contract/model/provider.ts';
import type { SigningServiceDescription } from '../../../contract/model/signing-service.ts';
import { believedTime } from '../believed-time.ts';
import { HttpClient, type HttpClientOptions } from '../http-client.ts';
import type {
  AuthorisedDigests,
  CertificatePolicy,
  NewRegistration,
  RegisteredRequest,
  Registration,
  SigningCall,
  SigningResponse,
  SigningService,
} from '../port.ts';
import { hashFileOf } from './hash-file.ts';
import { responseOf } from './signed-hashes.ts';
import { MAX_DOCUMENTS, VendorApi } from './vendor-api.ts';
import { vendorError } from './vendor-error.ts';

export interface VendorConfig extends Omit<HttpClientOptions, 'baseUrl' | 'errorOf'>, VendorOptimizer {
  readonly secrets: ProviderSecrets;
  readonly now?: () => Date;
}

/** Published nowhere: what the field is for, and what its screens suppose. */
const USUAL = Object.freeze({ digits: 6, lifetimeSeconds: 300, resendSeconds: 60, tries: 5 });
const DAY_MS = 24 * 3600 * 1000;
/** Of all documents of a request. */
const BOUNDS = Object.freeze({
  chainBytes: 12 * 1024,
  timestampBytes: 12 * 1024,
  maxManifestAgeSeconds: 3600,
});
const PICTURE_FIELDS: Readonly<Record<IdPictureSide, string>> = {
  front: 'document_front',
  rear: 'document_rear',
  holder: 'document_owner',
};
/** The languages in which it writes to signers. */
const LANGUAGES: Readonly<Record<string, string>> = { es: 'ES', en: 'EN', pl: 'PL' };

/**
 * An Optimizer of the vendor of One-Shot, as a service that signs hashes: the documents stay here, it gets a digest of
 * each (the `hashfile` of its API) and returns a CMS.
 */
export class VendorService implements SigningService {
  readonly certificates: CertificatePolicy = {
    lifetime: 'any',
    names: 'as-the-authority-writes',
    validFrom: 'the-moment-of-signing',
  };
  readonly registration: Registration;
  readonly #config: VendorConfig;
  readonly #http: HttpClient;
  readonly #api: VendorApi;
  readonly #now: () => Date;
  /** What was registered under a key in this process: the API has no keys of its own. */
  readonly #registered = new Map<string, Promise<RegisteredRequest>>();
  /** What was uploaded by this process, by request; after a restart the server lists it. */
  readonly #uploaded = new Map<string, readonly string[]>();
  /** Masked numbers, by request. */
  readonly #phones = new Map<string, string>();

  constructor(config: VendorConfig) {
    const { url, dialect, username: _, ...options } = config;
    this.#config = config;
    this.#now = config.now ?? (() => new Date());
    this.#http = new HttpClient({ timeout: 120_000, ...options, baseUrl: url, errorOf: vendorError });
    this.#api = new VendorApi(this.#http, dialect);
    this.registration = {
      takesPictures: true,
      register: (signer, key) => this.#registerOnce(signer, key),
      contract: (requestId) => this.#api.contract(requestId),
    };
  }

  async describe(): Promise<SigningServiceDescription> {
    const { name, version, at } = await this.#api.version();
    const { environment, profile } = this.#config;
    return {
      name,
      version,
      mode: environment,
      issuer: name,
      time: toUtcSeconds(believedTime(at ?? this.#now(), this.#now())),
      // The largest of all keys: it does not say which it makes.
      profiles: [{ id: profile, keyAlgorithm: 'rsa-4096', channel: 'sms', ...BOUNDS }],
      otp: { lifetimeSeconds: USUAL.lifetimeSeconds, withoutReference: true },
      maxDocuments: MAX_DOCUMENTS,
      sendsValidationData: false,
    };
  }

  /** The credentials go with each registration; the API has no call that tries them. */
  async logIn(): Promise<void> {
    const { password, pin } = this.#config.secrets;
    if (password === undefined || pin === undefined)
      throw new OssError('OSS_CREDENTIALS_INVALID', { reason: 'no password or PIN of the officer' });
    await this.#api.version();
  }

  async sendOtp(requestId: string, authorised: AuthorisedDigests): Promise<OtpSent> {
    if (!('manifest' in authorised))
      throw new OssError('OSS_CONFIG_INVALID', {
        reason: 'the provider needs the final digests before a code',
      });
    const { manifest } = authorised;
    if (manifest.length > MAX_DOCUMENTS)
      throw new OssError('OSS_TOO_MANY_DOCUMENTS', { limit: MAX_DOCUMENTS });
    await this.#upload(requestId, manifest);
    await this.#api.sendOtp(requestId);
    const now = this.#now().getTime();
    return {
      reference: manifestReference(manifest),
      withoutReference: true,
      maskedPhone: this.#phones.get(requestId) ?? '',
      digits: USUAL.digits,
      expiresAt: toUtcSeconds(new Date(now + USUAL.lifetimeSeconds * 1000)),
      resendAt: toUtcSeconds(new Date(now + USUAL.resendSeconds * 1000)),
      triesLeft: USUAL.tries,
      codesLeft: USUAL.tries,
      deliveryReference: '',
    };
  }

  async sign(requestId: string, { authorisation, manifest }: SigningCall): Promise<SigningResponse> {
    const body =
      authorisation.type === 'otp'
        ? { secret: authorisation.code }
        : {
            secret: authorisation.reference,
            ext_unlock_type: authorisation.method,
            ext_unlock_value: authorisation.reference,
          };
    if (authorisation.type === 'external') await this.#upload(requestId, manifest);
    try {
      await this.#api.sign(requestId, body);
    } catch (thrown) {
      // Signed already, and the answer was lost: what is there is for these hashes, or is refused.
      if (toOssError(thrown).code !== 'OSS_REQUEST_STATE' || !(await this.#isIssued(requestId))) throw thrown;
    }
    return this.#signed(requestId, manifest);
  }

  async storedResponse(requestId: string, _key: string, manifest: Manifest): Promise<SigningResponse> {
    if (!(await this.#isIssued(requestId)))
      throw new OssError('OSS_REQUEST_STATE', { reason: 'nothing was signed' });
    return this.#signed(requestId, manifest);
  }

  async cancel(requestId: string): Promise<void> {
    await this.#api.cancel(requestId);
  }

  close(): Promise<void> {
    return this.#http.close();
  }

  #registerOnce(signer: NewRegistration, key: string): Promise<RegisteredRequest> {
    const known = this.#registered.get(key);
    if (known) return known;
    const registering = this.#register(signer);
    this.#registered.set(key, registering);
    registering.catch(() => this.#registered.delete(key));
    return registering;
  }

  async #register(signer: NewRegistration): Promise<RegisteredRequest> {
    const pictures = (signer.pictures ?? []).map(({ side, picture }) => ({
      name: PICTURE_FIELDS[side],
      filename: `${PICTURE_FIELDS[side]}.jpg`,
      type: 'image/jpeg',
      bytes: picture,
    }));
    const id = await this.#api.create(this.#fieldsOf(signer), pictures);
    const maskedPhone = maskPhone(signer.identity.mobilePhone);
    this.#phones.set(id, maskedPhone);
    return { id, expiresAt: toUtcSeconds(new Date(this.#now().getTime() + DAY_MS)), maskedPhone };
  }

  /** @throws OssError OSS_REQUEST_INVALID without an address, which the API demands; OSS_CREDENTIALS_INVALID */
  #fieldsOf({ identity, registrationAuthority, profile }: NewRegistration): Readonly<Record<string, string>> {
    const { secrets, username, environment, billingUsername } = this.#config;
    const { password, pin, billingPassword } = secrets;
    if (password === undefined || pin === undefined)
      throw new OssError('OSS_CREDENTIALS_INVALID', { reason: 'no password or PIN of the officer' });
    return {
      ...personOf(identity),
      registration_authority: this.#config.registrationAuthority ?? registrationAuthority,
      profile,
      username,
      password,
      pin,
      env: environment === 'sandbox' ? 'sandbox' : 'prod',
      ...(billingUsername === undefined ? {} : { billing_username: billingUsername }),
      ...(billingPassword === undefined ? {} : { billing_password: toBase64(Buffer.from(billingPassword)) }),
    };
  }

  /** Those of an earlier preparation go first: all documents of a request are signed. */
  async #upload(requestId: string, manifest: Manifest): Promise<void> {
    await this.#api.removeDocuments(requestId);
    const uids: string[] = [];
    for (const [index, { digest }] of manifest.entries()) {
      const bytes = Buffer.from(JSON.stringify(hashFileOf(fromBase64(digest), this.#config.dialect)));
      const filename = `hash-${String(index + 1).padStart(2, '0')}.json`;
      const file = { name: 'hashfile', filename, type: 'application/json', bytes };
      uids.push(await this.#api.uploadHash(requestId, file));
    }
    this.#uploaded.set(requestId, uids);
  }

  async #isIssued(requestId: string): Promise<boolean> {
    return (await this.#api.status(requestId)) === 'ISSUED';
  }

  async #signed(requestId: string, manifest: Manifest): Promise<SigningResponse> {
    const envelopes: Uint8Array[] = [];
    const uids = this.#uploaded.get(requestId) ?? (await this.#api.uids(requestId));
    for (const uid of uids) envelopes.push(await this.#api.signed(requestId, uid));
    return responseOf(envelopes, manifest);
  }
}

function personOf(identity: Identity): Readonly<Record<string, string>> {
  const { givenName, surname1, surname2, email, mobilePhone, idDocument, language } = identity;
  if (email === undefined) throw new OssError('OSS_REQUEST_INVALID', { fields: ['email'] });
  return {
    given_name: givenName ?? '',
    surname_1: surname1 ?? '',
    ...(surname2 === undefined ? {} : { surname_2: surname2 }),
    email,
    mobile_phone_number: mobilePhone,
    id_document_type: idDocument.type,
    id_document_country: idDocument.country,
    serial_number: idDocument.number,
    communication_language: LANGUAGES[language] ?? 'EN',
  };
}
