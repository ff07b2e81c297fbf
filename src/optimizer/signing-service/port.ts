import type { Authorisation } from '../../contract/model/authorisation.ts';
import type { Delivery } from '../../contract/model/delivery.ts';
import type { IdPictureSide } from '../../contract/model/id-picture.ts';
import type { Identity } from '../../contract/model/identity.ts';
import type { Contents, Manifest } from '../../contract/model/manifest.ts';
import type { OtpSent } from '../../contract/model/otp-sent.ts';
import type { SigningServiceDescription } from '../../contract/model/signing-service.ts';
import type { LogEntries } from '../../contract/service-api/log-entries.ts';
import type { SignatureScheme } from '../../pki/index.ts';

/**
 * A remote signer: digests in, signatures out. What only some providers do is a capability that may be absent.
 * Everything a service responds is untrusted until `checkResponse` has verified it.
 */
export interface SigningService {
  /** @throws OssError OSS_SERVICE_* */
  describe(): Promise<SigningServiceDescription>;
  /** Asks for a session where there is none. @throws OssError OSS_CREDENTIALS_INVALID, OSS_SERVICE_* */
  logIn(): Promise<void>;
  /** Sends the signer a code that is good for exactly this. @throws OssError OSS_OTP_*, OSS_SERVICE_* */
  sendOtp(requestId: string, authorised: AuthorisedDigests): Promise<OtpSent>;
  /**
   * Signs every digest of the manifest, in its order. The same key never signs twice.
   * @throws OssError OSS_OTP_REFUSED, OSS_SIGNING_*, OSS_SERVICE_*
   */
  sign(requestId: string, call: SigningCall, idempotencyKey: string): Promise<SigningResponse>;
  /**
   * The stored response to an earlier `sign` with this key: how a killed station finds its signature again.
   * @param manifest of that call, for providers that have no order of their own
   * @throws OssError OSS_REQUEST_STATE where nothing was signed under this key, OSS_SERVICE_*
   */
  storedResponse(requestId: string, idempotencyKey: string, manifest: Manifest): Promise<SigningResponse>;
  /** @throws OssError OSS_REQUEST_STATE, OSS_SERVICE_* */
  cancel(requestId: string): Promise<void>;
  /** What became of the newest code of a request; absent where the provider does not say. */
  readonly delivery?: (requestId: string) => Promise<Delivery>;
  /** What the transparency log of the provider holds of a request; absent where there is no log. @throws OssError OSS_SERVICE_* */
  readonly logEntries?: (requestId: string) => Promise<LogEntries>;
  /** What the certificates of this provider are, hence what a response must show. */
  readonly certificates: CertificatePolicy;
  /** Electronic seals of organisations; absent where the provider has none. */
  readonly seals?: SealOffer;
  /** How a signer becomes known to the provider before they sign. */
  readonly registration: Registration;
  /** Where codes of a sandbox can be read without a telephone. */
  readonly sandboxInbox?: SandboxInbox;
  /** Waits for the calls that are running; may be called more than once. */
  close(): Promise<void>;
}

/** What a code authorises: the final digests, or the originals where the look of a signature is chosen later. */
export type AuthorisedDigests = { readonly manifest: Manifest } | { readonly contents: Contents };

export interface SigningCall {
  readonly authorisation: Authorisation;
  readonly manifest: Manifest;
  /** For a code that was bound to contents: entry by entry, the original of what the manifest lists. */
  readonly contents?: Contents;
}

export interface SealOffer {
  /** Those that the officer may use. @throws OssError OSS_CREDENTIALS_INVALID, OSS_SERVICE_* */
  list(): Promise<readonly OfferedSeal[]>;
  /** Whether the officer could seal now. @throws OssError OSS_CREDENTIALS_INVALID, OSS_FORBIDDEN, OSS_SERVICE_* */
  check(id: string): Promise<void>;
  /** The seal in place of a signer: registered at once, with no contract and no code. */
  signer(id: string): SigningService;
}

export interface OfferedSeal {
  readonly id: string;
  readonly organisation: string;
  /** EN 319 412-1 §5.1.4, e.g. `VATES-A12345678`. */
  readonly organisationIdentifier: string;
  readonly country: string;
  /** UTC, whole seconds. */
  readonly notAfter: string;
}

export interface CertificatePolicy {
  /** `single-use`: marked as short-term (EN 319 412-1 §5.2); `any` also where the signer has had it for years. */
  readonly lifetime: 'single-use' | 'any';
  /**
   * Whether an authority writes names as they are registered, or in capitals, without accents, from its own records; or
   * names an organisation and its identifier (EN 319 412-3).
   */
  readonly names: 'as-registered' | 'as-the-authority-writes' | 'of-an-organisation';
  /**
   * Whether it is valid at the claimed time already, which is written before anything is signed. Authorities that issue
   * while they sign, and do not say that it was earlier, leave minutes between the two.
   */
  readonly validFrom: 'before-the-claimed-time' | 'the-moment-of-signing';
}

export interface Registration {
  /** Pictures of the identification go with the registration itself; otherwise they may follow, one by one. */
  readonly takesPictures?: boolean;
  /** The same key with the same signer makes one request. @throws OssError OSS_REQUEST_INVALID, OSS_SERVICE_* */
  register(signer: NewRegistration, idempotencyKey: string): Promise<RegisteredRequest>;
  /** Gives the registration authority a JPEG picture of the identification; a second one replaces the first. @throws OssError OSS_REQUEST_STATE, OSS_SERVICE_* */
  readonly addIdPicture?: (requestId: string, side: IdPictureSide, picture: Uint8Array) => Promise<void>;
  /**
   * The PDF of the service contract; absent where the provider has none.
   * @throws OssError OSS_NOT_FOUND, OSS_SERVICE_*
   */
  readonly contract?: (requestId: string) => Promise<Uint8Array>;
}

export interface NewRegistration {
  readonly identity: Identity;
  readonly registrationAuthority: string;
  readonly profile: string;
  /** For the contract and the SMS: who presents the documents to the signer. */
  readonly organisation?: string;
  /** JPEG, where the registration takes them. */
  readonly pictures?: readonly { readonly side: IdPictureSide; readonly picture: Uint8Array }[];
}

export interface RegisteredRequest {
  /** By which the provider is asked about it; printable ASCII, up to 300 characters. */
  readonly id: string;
  /** UTC, whole seconds. */
  readonly expiresAt: string;
  /** Empty where the provider keeps the number to itself. */
  readonly maskedPhone: string;
  /** SHA-256 of the contract, hexadecimal, where the provider announces one. */
  readonly contractSha256?: string;
}

export interface SandboxInbox {
  /** Simulated SMS, newest last. @throws OssError OSS_NOT_FOUND in production mode */
  messages(requestId: string): Promise<readonly SimulatedSms[]>;
}

export interface SimulatedSms {
  readonly to: string;
  readonly text: string;
}

/** What a service signed; one certificate for all documents. */
export interface SigningResponse {
  /** SHA-256 of its bytes as they came, in base64, where the log of the provider is about them. */
  readonly sha256?: string;
  /** DER of the signer's certificate. */
  readonly certificate: Uint8Array;
  /** DER of its authorities, the issuing one first. */
  readonly chain: readonly Uint8Array[];
  /** In the order of the manifest. */
  readonly documents: readonly DocumentSignature[];
  /** DER for long-term levels, as far as the service sent any. */
  readonly validationData: {
    readonly crls: readonly Uint8Array[];
    readonly ocspResponses: readonly Uint8Array[];
  };
}

/** The signature of one document: its parts, or a finished CMS. */
export type DocumentSignature = SignatureParts | FinishedCms;

interface OfDocument {
  /** The digest that the service says it signed, in base64, where it says so. */
  readonly digest?: string;
}

export interface SignatureParts extends OfDocument {
  readonly form: 'parts';
  /** DER SET OF Attribute (RFC 5652 §5.4). */
  readonly signedAttributes: Uint8Array;
  /** Over the DER of `signedAttributes`; ECDSA as a DER SEQUENCE. */
  readonly signature: Uint8Array;
  readonly scheme: SignatureScheme;
  /** RFC 3161 TimeStampToken over `signature`. */
  readonly timestamp?: Uint8Array;
}

export interface FinishedCms extends OfDocument {
  readonly form: 'cms';
  /** DER of a detached SignedData; a time stamp is its unsigned attribute. */
  readonly cms: Uint8Array;
}

/** Credentials of the registration officer, kept in memory only. */
export interface OfficerCredentials {
  readonly username: string;
  readonly password: string;
  readonly pin: string;
}

/** Client certificate and server anchor for mutual TLS, all PEM. */
export interface TlsOptions {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** One call that left this machine, or would have: for the record of what was sent. */
export interface OutboundCall {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
}
