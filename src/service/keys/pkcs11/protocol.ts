/** What the service and the process that owns the token say to each other. */
import type { KeyAlgorithm } from '../../../contract/model/key-algorithm.ts';
import type { TokenAttribute } from './uri.ts';

export interface TokenSettings {
  /** Path of the PKCS#11 library. */
  readonly module: string;
  readonly token: Readonly<Partial<Record<TokenAttribute, string>>>;
  readonly pinFile: string;
  readonly sessions: number;
}

/** An object of the token: by its label, by its identifier, or by both. */
export interface ObjectName {
  readonly label: string | undefined;
  /** Hexadecimal. */
  readonly id: string | undefined;
}

export interface PublicPart {
  readonly algorithm: KeyAlgorithm;
  /** DER SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
}

/** What the token says of a private key, and of itself. */
export interface Attestation {
  readonly token: {
    readonly label: string;
    readonly manufacturer: string;
    readonly model: string;
    readonly serialNumber: string;
    readonly firmware: string;
  };
  /** Made in the token, and never outside it. */
  readonly local: boolean;
  readonly sensitive: boolean;
  readonly alwaysSensitive: boolean;
  readonly extractable: boolean;
  readonly neverExtractable: boolean;
}

export interface TokenCalls {
  find: { input: { readonly name: ObjectName }; output: PublicPart | undefined };
  list: { input: object; output: readonly string[] };
  create: { input: { readonly label: string; readonly algorithm: KeyAlgorithm }; output: PublicPart };
  /** Raw: r and s beside each other, or the RSA value. */
  sign: { input: { readonly name: ObjectName; readonly digest: Uint8Array }; output: Uint8Array };
  attest: { input: { readonly name: ObjectName }; output: Attestation };
  generate: {
    input: { readonly algorithm: KeyAlgorithm };
    output: PublicPart & { readonly handle: string };
  };
  signOnce: { input: { readonly handle: string; readonly digest: Uint8Array }; output: Uint8Array };
  destroy: { input: { readonly handle: string }; output: boolean };
}

export type TokenCallName = keyof TokenCalls;

export interface TokenRequest<Name extends TokenCallName = TokenCallName> {
  readonly id: number;
  readonly call: Name;
  readonly input: TokenCalls[Name]['input'];
}

/** `lost`: the token is away, or what the call spoke of went with it; `refused`: the token is there and says no. */
export type TokenFailure = 'lost' | 'refused';

export type TokenResponse =
  | { readonly id: number; readonly output: unknown }
  | { readonly id: number; readonly failure: TokenFailure; readonly reason: string };
