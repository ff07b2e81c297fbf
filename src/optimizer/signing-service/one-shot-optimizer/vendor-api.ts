/** The REST API of the vendor's Optimizer in its two dialects: addresses and envelopes, no meaning. */
import { z } from 'zod';
import { OssError } from '../../../contract/errors.ts';
import type { VendorOptimizer } from '../../../contract/model/provider.ts';
import { type HttpClient, parseAs } from '../http-client.ts';

/** `details` of the classic dialect; the newer one also writes `detail`, or puts the members beside the status. */
const envelopeSchema = z.looseObject({ details: z.unknown().optional(), detail: z.unknown().optional() });

/** Of one request. */
export const MAX_DOCUMENTS = 10;

const PREFIX = { classic: '/api/v1', newer: '/oneshot/api/v1' } as const;

type Part = {
  readonly name: string;
  readonly filename: string;
  readonly type: string;
  readonly bytes: Uint8Array;
};

export class VendorApi {
  readonly #http: HttpClient;
  readonly #dialect: VendorOptimizer['dialect'];

  constructor(http: HttpClient, dialect: VendorOptimizer['dialect']) {
    this.#http = http;
    this.#dialect = dialect;
  }

  /** What the server says of itself, and its clock by its header. @throws OssError OSS_SERVICE_* */
  async version(): Promise<{
    readonly name: string;
    readonly version: string;
    readonly at: Date | undefined;
  }> {
    const { bytes, at } = await this.#http.exchange({ method: 'GET', path: this.#path('/version') });
    const said = payloadOf(parseAs(envelopeSchema, bytes, 'version'));
    const read = z.looseObject({ name: z.string(), version: z.string() }).safeParse(said);
    return { name: read.data?.name ?? 'One-Shot Optimizer', version: read.data?.version ?? '', at };
  }

  /** @returns its pk @throws OssError OSS_CREDENTIALS_INVALID, OSS_REQUEST_INVALID, OSS_SERVICE_* */
  async create(fields: Readonly<Record<string, string>>, files: readonly Part[]): Promise<string> {
    const path = this.#path(this.#dialect === 'classic' ? '/request' : '/create');
    const answer = await this.#upload(path, fields, files);
    const pk = typeof answer === 'object' && answer !== null ? (answer as { pk?: unknown }).pk : answer;
    if (!/^\d{1,15}$/.test(String(pk)))
      throw new OssError('OSS_SERVICE_RESPONSE_INVALID', { reason: 'no number of the request' });
    return String(pk);
  }

  async status(pk: string): Promise<string> {
    const answer = payloadOf(await this.#json('GET', `/request/${pk}`));
    const parsed = z.looseObject({ status: z.string() }).safeParse(answer);
    if (!parsed.success)
      throw new OssError('OSS_SERVICE_RESPONSE_INVALID', { reason: 'no status of the request' });
    return parsed.data.status;
  }

  contract(pk: string): Promise<Uint8Array> {
    const path = this.#dialect === 'classic' ? `/document/${pk}/contract` : `/contract/${pk}`;
    return this.#http.repeatableBytes({ method: 'GET', path: this.#path(path) });
  }

  /** @returns its uid */
  async uploadHash(pk: string, hash: Part): Promise<string> {
    const answer = await this.#upload(this.#path(`/document/${pk}`), {}, [hash]);
    // One part is answered with a string, by some servers with a list or an object all the same.
    const [first] = Array.isArray(answer) ? answer : [answer];
    const uid = typeof first === 'string' ? first : (first as { uid?: unknown } | undefined)?.uid;
    if (typeof uid !== 'string' || !/^[\w-]{1,100}$/.test(uid))
      throw new OssError('OSS_SERVICE_RESPONSE_INVALID', { reason: 'no uid of a document' });
    return uid;
  }

  /** The uids of all documents; none where the server says that there are none. */
  async uids(pk: string): Promise<readonly string[]> {
    const answer = payloadOf(await this.#json('GET', `/documents/${pk}`).catch(unlessMissing));
    const uids = Object.keys(typeof answer === 'object' && answer !== null ? answer : {}).filter((uid) =>
      /^[\w-]{1,100}$/.test(uid),
    );
    if (uids.length > MAX_DOCUMENTS)
      throw new OssError('OSS_SERVICE_RESPONSE_INVALID', { reason: 'more documents than were sent' });
    return uids;
  }

  async removeDocuments(pk: string): Promise<void> {
    const path = this.#dialect === 'classic' ? `/documents/${pk}` : `/document/${pk}`;
    await this.#json('DELETE', path).catch(unlessMissing);
  }

  /** Not repeated by itself: each call may send a message. Nothing is sent with it, as clients of this API do. */
  async sendOtp(pk: string): Promise<void> {
    await this.#http.bytes({
      method: 'POST',
      path: this.#path(`/otp/${pk}`),
      content: { type: 'application/json', bytes: new Uint8Array() },
    });
  }

  async sign(pk: string, body: unknown): Promise<void> {
    await this.#json('POST', `/sign/${pk}`, body);
  }

  signed(pk: string, uid: string): Promise<Uint8Array> {
    const path =
      this.#dialect === 'classic'
        ? `/document/${pk}/signed/${uid}`
        : `/document/${pk}/${uid}?document_type=signed`;
    return this.#http.repeatableBytes({ method: 'GET', path: this.#path(path) });
  }

  async cancel(pk: string): Promise<void> {
    await this.#json('DELETE', `/request/${pk}`).catch(unlessMissing);
  }

  #path(path: string): string {
    return `${PREFIX[this.#dialect]}${path}`;
  }

  async #json(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<z.infer<typeof envelopeSchema>> {
    return this.#http.json(envelopeSchema, {
      method,
      path: this.#path(path),
      ...(body === undefined ? {} : { body }),
    });
  }

  async #upload(
    path: string,
    fields: Readonly<Record<string, string>>,
    files: readonly Part[],
  ): Promise<unknown> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    for (const { name, filename, type, bytes } of files)
      form.append(name, new Blob([new Uint8Array(bytes)], { type }), filename);
    const encoded = new Response(form);
    const content = {
      type: encoded.headers.get('content-type') ?? 'multipart/form-data',
      bytes: new Uint8Array(await encoded.arrayBuffer()),
    };
    return payloadOf(await this.#http.json(envelopeSchema, { method: 'POST', path, content }));
  }
}

const payloadOf = (envelope: z.infer<typeof envelopeSchema> | undefined): unknown =>
  envelope?.details ?? envelope?.detail ?? envelope;

/** What is gone already need not be removed. */
function unlessMissing(thrown: unknown): undefined {
  if (thrown instanceof OssError && thrown.code === 'OSS_REQUEST_NOT_FOUND') return undefined;
  throw thrown;
}
