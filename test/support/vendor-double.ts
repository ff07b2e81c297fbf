import { randomBytes, randomUUID, sign as signWith } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { assembleCms, buildSignedAttributes, digest } from '../../src/pki/index.ts';
import { closeServer, listenLocally, urlOf } from './local-server.ts';
import type { TestAuthority } from './pki-hierarchy.ts';
import { withSigningTime } from './signing-time.ts';
import { stampOf } from './stamping.ts';

export interface VendorDoubleOptions {
  readonly dialect: 'classic' | 'newer';
  readonly signer: TestAuthority;
  readonly chain: readonly Uint8Array[];
  readonly tsa: TestAuthority;
  /** How it lists documents; nothing says that it is their order. */
  readonly listing?: 'reversed' | 'short';
  readonly refuseOfficer?: boolean;
  readonly otherDigest?: boolean;
  readonly signingTime?: boolean;
  readonly withoutTimestamp?: boolean;
}

interface HashFile {
  readonly messageDigest: string;
  readonly addSigningTime: number;
}

const PK = 388_141;
const CODE = '123456';

/** An Optimizer of the vendor that answers in the words and shapes of its public documents; it signs hashes alone. */
export class VendorDouble {
  readonly uploads: HashFile[] = [];
  /** The fields of the request; of files their names. */
  created: Record<string, string> = {};
  requests = 0;
  readonly #options: VendorDoubleOptions;
  readonly #server: Server;
  readonly #documents = new Map<string, HashFile>();
  readonly #signed = new Map<string, Uint8Array>();
  #state = 'ENROLLREADY';
  #isCodeSent = false;

  private constructor(options: VendorDoubleOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(options: VendorDoubleOptions): Promise<VendorDouble> {
    const double = new VendorDouble(options);
    await listenLocally(double.#server);
    return double;
  }

  get url(): string {
    return urlOf(this.#server);
  }

  close(): Promise<void> {
    return closeServer(this.#server);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const prefix = this.#options.dialect === 'classic' ? '/api/v1' : '/oneshot/api/v1';
    const path = (request.url ?? '').replace(prefix, '');
    const form = request.headers['content-type']?.startsWith('multipart/')
      ? await new Response(new Uint8Array(body), {
          headers: { 'content-type': request.headers['content-type'] },
        }).formData()
      : undefined;
    const answer = await this.#reply(`${request.method} ${path}`, form, body.toString());
    if (answer instanceof Uint8Array) {
      response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(answer);
      return;
    }
    const [status, details] = answer;
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify(this.#shape(status, details)));
  }

  /** The newer dialect writes `detail` here and `details` there. */
  #shape(status: number, details: unknown): unknown {
    if (this.#options.dialect === 'classic')
      return { status: `${status} ${status < 300 ? 'OK' : 'Refused'}`, details };
    const isUpload = typeof details === 'object' && details !== null && 'name' in details && 'uid' in details;
    const member = isUpload ? { detail: details } : { details };
    return { status: status < 300 ? 'success' : 'error', message: '', ...member };
  }

  async #reply(
    call: string,
    form: FormData | undefined,
    body: string,
  ): Promise<Uint8Array | [number, unknown]> {
    const isClassic = this.#options.dialect === 'classic';
    if (call === 'GET /version') return [200, { name: 'OneShot Optimizer', version: '1.5.0', info: {} }];
    if (call === (isClassic ? 'POST /request' : 'POST /create')) return this.#create(form);
    if (call === `GET /request/${PK}`) return [200, { pk: PK, status: this.#state, surname_2: null }];
    if (call === (isClassic ? `GET /document/${PK}/contract` : `GET /contract/${PK}`))
      return Buffer.from('%PDF-1.7');
    if (call === `POST /document/${PK}`) return this.#upload(form);
    if (call === `GET /documents/${PK}`) return this.#list();
    if (call === (isClassic ? `DELETE /documents/${PK}` : `DELETE /document/${PK}`)) return this.#clear();
    if (call === `POST /otp/${PK}`) return this.#otp();
    if (call === `POST /sign/${PK}`) return this.#sign(JSON.parse(body) as { secret?: string });
    const uid = (
      isClassic
        ? /^GET \/document\/388141\/signed\/(.+)$/
        : /^GET \/document\/388141\/(.+)\?document_type=signed$/
    ).exec(call)?.[1];
    return this.#signed.get(uid ?? '') ?? [404, 'Document not found'];
  }

  #create(form: FormData | undefined): [number, unknown] {
    if (this.#options.refuseOfficer)
      return [404, "Error getting RAO's id. Make sure the credentials are correct"];
    this.created = Object.fromEntries(
      [...(form ?? new FormData())].map(([name, value]) => [
        name,
        typeof value === 'string' ? value : value.name,
      ]),
    );
    this.requests += 1;
    return [
      201,
      this.#options.dialect === 'classic' ? PK : { pk: PK, status: 'ENROLLREADY', asyncmode: false },
    ];
  }

  async #upload(form: FormData | undefined): Promise<[number, unknown]> {
    const file = form?.get('hashfile');
    if (!(file instanceof Blob)) return [415, 'Unsupported file type: xxxx'];
    const parsed = JSON.parse(await file.text()) as HashFile;
    const uid = randomUUID();
    this.#documents.set(uid, parsed);
    this.uploads.push(parsed);
    return [200, this.#options.dialect === 'classic' ? uid : { name: 'hashfile', uid }];
  }

  #list(): [number, unknown] {
    const { listing } = this.#options;
    if (this.#documents.size === 0) return [404, 'No documents found for specified Request'];
    const uids = [...this.#documents.keys()];
    const listed = listing === 'reversed' ? uids.reverse() : listing === 'short' ? uids.slice(1) : uids;
    return [
      200,
      Object.fromEntries(listed.map((uid) => [uid, { ext: '.json', size: '128012', filename: 'hash.json' }])),
    ];
  }

  #clear(): [number, unknown] {
    if (this.#documents.size === 0) return [404, 'No documents found for specified Request'];
    this.#documents.clear();
    return [200, 'Documents deleted successfully'];
  }

  #otp(): [number, unknown] {
    const failed = 'Error occured during OTP generation:';
    if (this.#state !== 'ENROLLREADY') return [412, `${failed} Invalid request status`];
    if (this.#isCodeSent) return [412, `${failed} Otp generated less than a minute ago`];
    this.#isCodeSent = true;
    return [200, 'OTP generated'];
  }

  async #sign({ secret }: { secret?: string }): Promise<[number, unknown]> {
    if (this.#state === 'ISSUED') return [412, 'Request already in ISSUED status'];
    if (secret === undefined) return [400, "Missing required parameter: 'secret'"];
    if (secret !== CODE) return [403, 'Confirmation Code invalid'];
    for (const [uid, { messageDigest }] of this.#documents) {
      const bytes = Buffer.from(messageDigest, 'base64');
      this.#signed.set(uid, await this.#envelope(bytes.subarray(-32)));
    }
    this.#state = 'ISSUED';
    return [200, 'Documents correctly signed'];
  }

  async #envelope(hash: Uint8Array): Promise<Uint8Array> {
    const { signer, chain, tsa, otherDigest, signingTime, withoutTimestamp } = this.#options;
    const attributes = buildSignedAttributes({
      messageDigest: otherDigest ? randomBytes(32) : hash,
      signingCertificate: signer.certificate.der,
    });
    const signedAttributes = signingTime ? withSigningTime(attributes) : attributes;
    const signature = signWith('sha256', signedAttributes, signer.privateKey);
    const timestampToken = await stampOf(tsa, digest('sha256', signature));
    return assembleCms({
      signedAttributes,
      signature,
      scheme: signer.signer.scheme,
      certificate: signer.certificate.der,
      chain,
      ...(withoutTimestamp ? {} : { timestampToken }),
    });
  }
}
