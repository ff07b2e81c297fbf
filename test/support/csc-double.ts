import { constants, createHash, randomBytes, sign as signWith } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { assembleCms, buildSignedAttributes, digest } from '../../src/pki/index.ts';
import { closeServer, listenLocally, urlOf } from './local-server.ts';
import type { TestAuthority } from './pki-hierarchy.ts';
import { signHashByPss, signHashOf } from './sign-hash.ts';
import { stampOf } from './stamping.ts';

/** What a provider may do to an answer before it sends it: base64 signatures, or whole envelopes. */
export type Trick = (answers: string[]) => string[];

export interface CscDoubleOptions {
  readonly version: '1' | '2';
  readonly signer: TestAuthority;
  /** DER, above the signer's. */
  readonly chain: readonly Uint8Array[];
  /** Whose certificate it shows in place of the signer's. */
  readonly shown?: TestAuthority;
  readonly tsa?: TestAuthority;
  /** An RSA key that is for RSASSA-PSS alone. */
  readonly pssOnly?: boolean;
  readonly multisign?: number;
  /** What it expects of the signer beside the code. */
  readonly pin?: string;
  /** Without it the provider asks for no code. */
  readonly code?: string;
  readonly mode?: 'explicit' | 'oauth2code';
  /** Bearer tokens that it takes; without any, none is asked for. */
  readonly clientSecret?: string;
  /** How often it says 202 before it answers. */
  readonly pending?: number;
  readonly trick?: Trick;
  /** Writes null for what is absent, as some do. */
  readonly nulls?: boolean;
}

interface Activation {
  readonly hashes: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** A provider as the CSC API has it (v1.0.4, v2), strict about what it is asked, and as dishonest as a test wants. */
export class CscDouble {
  readonly calls: { readonly method: string; readonly body: string }[] = [];
  readonly #options: CscDoubleOptions;
  readonly #server: Server;
  readonly #activations = new Map<string, Activation>();
  readonly #promised = new Map<string, { left: number; readonly body: unknown }>();
  /** Authorisation codes of the browser, with what they were asked for. */
  readonly #codes = new Map<string, URLSearchParams>();
  readonly #tokens = new Set<string>();
  #isCodeSent = false;

  private constructor(options: CscDoubleOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(options: CscDoubleOptions): Promise<CscDouble> {
    const double = new CscDouble(options);
    await listenLocally(double.#server);
    return double;
  }

  get url(): string {
    return urlOf(this.#server);
  }

  close(): Promise<void> {
    return closeServer(this.#server);
  }

  /** The person at the browser: opens the page, agrees, and is sent back. */
  readonly agreeInBrowser = async (address: string): Promise<void> => {
    const query = new URL(address).searchParams;
    const code = randomBytes(8).toString('hex');
    this.#codes.set(code, query);
    const back = new URL(query.get('redirect_uri') ?? '');
    back.searchParams.set('code', code);
    back.searchParams.set('state', query.get('state') ?? '');
    await fetch(back);
  };

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const { pathname } = new URL(request.url ?? '/', this.url);
    const method = pathname.replace(`/csc/v${this.#options.version}/`, '').replace(/^\//, '');
    this.calls.push({ method, body });
    const [status, answer] = await this.#reply(method, body, request.headers.authorization);
    const sent = this.#options.nulls ? withNulls(answer) : answer;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(sent));
  }

  async #reply(method: string, text: string, authorization: string | undefined): Promise<[number, unknown]> {
    const { clientSecret, code } = this.#options;
    if (method === 'info') return [200, this.#info()];
    if (method === 'oauth2/token') return this.#token(new URLSearchParams(text));
    const token = authorization?.replace(/^Bearer /, '');
    if (clientSecret !== undefined && (token === undefined || !this.#tokens.has(token)))
      return [401, { error: 'invalid_token' }];
    const fields = JSON.parse(text) as Fields;
    switch (method) {
      case 'credentials/list':
        return [
          200,
          { credentialIDs: fields.userID === undefined || fields.userID === '10000001X' ? ['ada/1'] : [] },
        ];
      case 'credentials/info':
        return [200, this.#credential()];
      case 'credentials/sendOTP':
      case 'credentials/getChallenge':
        this.#isCodeSent = code !== undefined;
        return [200, {}];
      case 'credentials/authorize':
        return this.#authorise(fields);
      case 'credentials/authorizeCheck':
        return this.#promise(String(fields.handle));
      case 'signatures/signPolling':
        return this.#promise(String(fields.requestID));
      case 'signatures/signHash':
        return this.#signHash(fields, token);
      case 'signatures/signDoc':
        return this.#signDoc(fields, token);
      case 'signatures/timestamp':
        return [200, { timestamp: await this.#stamp(Buffer.from(String(fields.hash), 'base64')) }];
      default:
        return [404, { error: 'invalid_request' }];
    }
  }

  #info(): unknown {
    const { version, tsa } = this.#options;
    return {
      specs: version === '1' ? '1.0.4.0' : '2.0.0.2',
      name: 'Double',
      authType: ['oauth2client'],
      oauth2: this.url,
      methods: ['credentials/info', 'signatures/signHash', ...(tsa ? ['signatures/timestamp'] : [])],
    };
  }

  #token(form: URLSearchParams): [number, unknown] {
    const { clientSecret } = this.#options;
    const access_token = randomBytes(12).toString('hex');
    const query = this.#codes.get(form.get('code') ?? '');
    if (form.get('grant_type') === 'authorization_code') {
      const challenge = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      if (query?.get('code_challenge') !== challenge) return [400, { error: 'invalid_grant' }];
      this.#codes.delete(form.get('code') ?? '');
      if (query.get('scope') === 'credential') {
        const hashes = (query.get('hashes') ?? query.get('hash') ?? '').split(',').map(padded);
        this.#activations.set(access_token, { hashes });
      }
    } else if (form.get('client_secret') !== clientSecret) return [400, { error: 'invalid_client' }];
    this.#tokens.add(access_token);
    return [200, { access_token, token_type: 'Bearer', expires_in: 3600 }];
  }

  #credential(): unknown {
    const {
      version,
      signer,
      shown = signer,
      chain,
      multisign = 10,
      pin,
      code,
      mode = 'explicit',
    } = this.#options;
    const algo = this.#options.pssOnly
      ? PSS
      : signer.signer.scheme === 'rsa-pkcs1-sha256'
        ? '1.2.840.113549.1.1.11'
        : '1.2.840.10045.4.3.2';
    const common = {
      key: { status: 'enabled', algo: [algo], len: 256 },
      cert: { status: 'valid', certificates: [shown.certificate.der, ...chain].map(base64) },
      multisign,
    };
    if (version === '1')
      return {
        ...common,
        authMode: mode,
        SCAL: '2',
        PIN: { presence: String(pin !== undefined), format: 'N' },
        OTP: { presence: String(code !== undefined), type: 'online', format: 'N' },
      };
    const objects = [
      ...(pin === undefined ? [] : [{ type: 'Password', id: 'PIN' }]),
      ...(code === undefined ? [] : [{ type: 'ChallengeResponseOOB', id: 'OTP' }]),
    ];
    return { ...common, SCAL: 2, auth: { mode, objects } };
  }

  #authorise(fields: Fields): [number, unknown] {
    const { version, pin, code, multisign = 10, pending = 0 } = this.#options;
    const hashes = (version === '1' ? fields.hash : fields.hashes) as string[];
    const given =
      version === '1'
        ? fields
        : Object.fromEntries(
            (fields.authData as { id: string; value: string }[]).map(({ id, value }) => [id, value]),
          );
    if (fields.numSignatures !== hashes.length || hashes.length > multisign)
      return [400, { error: 'invalid_request', error_description: 'numSignatures' }];
    if (pin !== undefined && given.PIN !== pin) return [400, { error: 'invalid_pin' }];
    // A code is good once, and most servers say no more than this.
    if (code !== undefined && (given.OTP !== code || !this.#isCodeSent))
      return [400, { error: 'invalid_request' }];
    this.#isCodeSent = false;
    const SAD = randomBytes(12).toString('base64');
    this.#activations.set(SAD, { hashes });
    return pending > 0 ? this.#later({ SAD }, 'handle') : [200, { SAD }];
  }

  #later(body: unknown, member: 'handle' | 'responseID'): [number, unknown] {
    const id = randomBytes(6).toString('hex');
    this.#promised.set(id, { left: (this.#options.pending ?? 0) - 1, body });
    return [202, { [member]: id }];
  }

  #promise(id: string): [number, unknown] {
    const promised = this.#promised.get(id);
    if (!promised) return [400, { error: 'invalid_request' }];
    if (promised.left-- > 0) return [202, { handle: id, responseID: id }];
    return [200, promised.body];
  }

  /** Once, and for the very hashes that were authorised. */
  #consume(key: string | undefined, hashes: readonly string[]): boolean {
    const activation = this.#activations.get(key ?? '');
    if (!activation || activation.hashes.join() !== hashes.join()) return false;
    this.#activations.delete(key ?? '');
    return true;
  }

  #signHash(fields: Fields, token: string | undefined): [number, unknown] {
    const { version, signer, trick = same, pending = 0 } = this.#options;
    const hashes = (version === '1' ? fields.hash : fields.hashes) as string[];
    if (!this.#consume((fields.SAD as string | undefined) ?? token, hashes))
      return [400, { error: 'invalid_request', error_description: 'Hash is not authorized by the SAD' }];
    if (this.#options.pssOnly && (fields.signAlgo !== PSS || typeof fields.signAlgoParams !== 'string'))
      return [400, { error: 'invalid_request', error_description: 'signAlgoParams' }];
    const signHash = this.#options.pssOnly ? signHashByPss : signHashOf;
    const body = {
      signatures: trick(
        hashes.map((hash) => base64(signHash(signer.privateKey, Buffer.from(hash, 'base64')))),
      ),
    };
    return pending > 0 ? this.#later(body, 'responseID') : [200, body];
  }

  async #signDoc(fields: Fields, token: string | undefined): Promise<[number, unknown]> {
    const { trick = same, pending = 0 } = this.#options;
    const [item] = fields.documentDigests as { hashes: string[] }[];
    const hashes = item?.hashes ?? [];
    if (!this.#consume((fields.SAD as string | undefined) ?? token, hashes))
      return [403, { error: 'invalid_hash' }];
    const envelopes = await Promise.all(hashes.map((hash) => this.#envelope(Buffer.from(hash, 'base64'))));
    const body = { SignatureObject: trick(envelopes) };
    return pending > 0 ? this.#later(body, 'responseID') : [200, body];
  }

  async #envelope(messageDigest: Uint8Array): Promise<string> {
    const { signer, chain, tsa } = this.#options;
    const signingCertificate = signer.certificate.der;
    const signedAttributes = buildSignedAttributes({ messageDigest, signingCertificate });
    const { pssOnly } = this.#options;
    const signature = signWith('sha256', signedAttributes, {
      key: signer.privateKey,
      ...(pssOnly && { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }),
    });
    const timestampToken = tsa && (await stampOf(tsa, digest('sha256', signature)));
    const scheme = pssOnly ? 'rsa-pss-sha256' : signer.signer.scheme;
    const parts = { signedAttributes, signature, scheme, certificate: signingCertificate, chain };
    return base64(assembleCms({ ...parts, ...(timestampToken && { timestampToken }) }));
  }

  async #stamp(hash: Uint8Array): Promise<string> {
    const { tsa } = this.#options;
    return tsa === undefined ? '' : base64(await stampOf(tsa, hash));
  }
}

const PSS = '1.2.840.113549.1.1.10';
const same: Trick = (answers) => answers;
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const padded = (text: string): string => base64(Buffer.from(text, 'base64url'));

/** Null for what is absent, as some providers write it. */
const withNulls = (answer: unknown): unknown =>
  typeof answer === 'object' && answer !== null && !Array.isArray(answer)
    ? { description: null, lang: null, nextPageToken: null, ...answer }
    : answer;
