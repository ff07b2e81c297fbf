import { type Dispatcher, fetch, type Response } from 'undici';
import type { Clock } from '../../../../base/clock.ts';
import {
  type CallbackOutcome,
  NotTaken,
  type ReceiptCallback,
  type SmsGateway,
  type TakeReceipt,
} from '../port.ts';
import { neverLeft } from './connection-failures.ts';
import { messageValues } from './message-values.ts';
import { readReceipt } from './read-receipt.ts';
import { isSignedByVendor, signatureV4 } from './request-signature.ts';
import { fillTemplate, type GatewayTemplate, type ValueOf, valueAt } from './template.ts';

/** A response is some hundred bytes; what is longer is no response of a gateway. */
const RESPONSE_BYTES = 64 * 1024;

export interface HttpGatewayOptions {
  /** In events, metrics and the path of receipts. */
  readonly name: string;
  readonly template: GatewayTemplate;
  readonly secrets: ReadonlyMap<string, string>;
  readonly from: string;
  /** Of an e-mail. */
  readonly subject: string;
  /** Where the vendor reports what became of a message; undefined where it shall not. */
  readonly receiptUrl: string | undefined;
  readonly timeoutMs: number;
  readonly dispatcher: Dispatcher;
  readonly clock: Clock;
  readonly takeReceipt: TakeReceipt;
}

/**
 * Sends through a vendor's HTTP interface as its template describes it. A refusal, also one inside HTTP 200, is
 * `NotTaken`; a lost response and HTTP 5xx leave open whether the vendor took it. Errors name paths and codes of the
 * answer, never the text or a secret.
 */
export function httpGateway(options: HttpGatewayOptions): SmsGateway {
  const { name, template, dispatcher } = options;
  return {
    name,
    sandboxOnly: false,
    async send(message) {
      const receiptUrl = options.receiptUrl ?? '';
      const lookUp = messageValues(message, template, { ...options, receiptUrl, now: options.clock() });
      const { response, raw } = await call(options, lookUp);
      const reference = acceptResponse(options, response.status, raw, lookUp);
      return { reference, gateway: name };
    },
    ...(template.receipt === undefined
      ? {}
      : { takeCallback: (callback) => takeCallback(options, callback) }),
    close: () => dispatcher.close(),
  };
}

async function call(
  { name, template, receiptUrl, dispatcher, timeoutMs, clock }: HttpGatewayOptions,
  lookUp: ValueOf,
): Promise<{ readonly response: Response; readonly raw: string }> {
  const { request } = template;
  const url = new URL(fillTemplate(request.url, (variable) => encodeURIComponent(lookUp(variable))));
  const content = receiptUrl === undefined ? withoutReceipts(request) : request;
  const body = bodyOf(fillTemplate({ form: content.form, json: content.json }, lookUp));
  const headers: Record<string, string> = {
    accept: 'application/json',
    ...lowerCase(fillTemplate(request.headers, lookUp)),
    ...(body === undefined ? {} : { 'content-type': body.type }),
  };
  const auth = fillTemplate(request.auth, lookUp);
  if (auth !== undefined && 'basic' in auth) {
    headers.authorization = `Basic ${Buffer.from(auth.basic.join(':')).toString('base64')}`;
  } else if (auth !== undefined && 'bearer' in auth) headers.authorization = `Bearer ${auth.bearer}`;
  else if (auth !== undefined)
    Object.assign(headers, signatureV4(auth.sigv4, url.host, body?.text ?? '', clock()));
  try {
    const response = await fetch(url, {
      method: request.method,
      headers,
      ...(body === undefined ? {} : { body: body.text }),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      dispatcher,
    });
    return { response, raw: await readShort(response) };
  } catch (error) {
    const code = codeOf(error);
    if (neverLeft(code)) throw new NotTaken(`${name}: ${code}`);
    throw new Error(`${name}: ${code}, whether it was taken is unknown`);
  }
}

const lowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([header, value]) => [header.toLowerCase(), value]));

function codeOf(error: unknown): string {
  const { cause, name } = error as { cause?: { code?: unknown; name?: unknown }; name?: unknown };
  return [cause?.code, cause?.name, name].find((word) => typeof word === 'string') as string;
}

/** Without the entries that ask for receipts: an empty address is an error to some vendors. */
function withoutReceipts({
  form,
  json,
}: GatewayTemplate['request']): Pick<GatewayTemplate['request'], 'form' | 'json'> {
  const asks = (value: unknown): boolean => typeof value === 'string' && /\$\{receiptUrl\}/.test(value);
  const clean = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, entry]) => (asks(entry) ? [] : [[key, clean(entry)]])),
    );
  };
  return { form: clean(form) as typeof form, json: clean(json) };
}

function bodyOf({ form, json }: { form?: Record<string, string> | undefined; json?: unknown }) {
  if (form !== undefined) {
    return { type: 'application/x-www-form-urlencoded', text: new URLSearchParams(form).toString() };
  }
  return json === undefined
    ? undefined
    : { type: 'application/json; charset=utf-8', text: JSON.stringify(json) };
}

async function readShort(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    // Leaving the loop cancels the rest.
    if (bytes > RESPONSE_BYTES) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The vendor's name of the message. @throws NotTaken for a refusal, Error where nobody knows */
function acceptResponse(
  { name, template }: HttpGatewayOptions,
  status: number,
  raw: string,
  lookUp: ValueOf,
): string {
  const { success } = template;
  // A proxy in between may have given up on a response that comes later.
  if ((status >= 500 || status === 408) && !success.status.includes(status)) {
    throw new Error(`${name}: HTTP ${status}, whether it was taken is unknown`);
  }
  const refuse = (what: string): NotTaken => new NotTaken(`${name}: HTTP ${status} ${what}`);
  if (!success.status.includes(status)) throw refuse('refused');
  const data = parseJson(raw);
  for (const path of success.absent) {
    const value = valueAt(data, path);
    if (value !== undefined) throw refuse(`${path} ${shortly(value)}`);
  }
  for (const [path, admitted] of Object.entries(success.where)) {
    const value = valueAt(data, path);
    if (value === undefined) throw new Error(`${name}: HTTP ${status} without ${path}: unknown`);
    if (!admitted.includes(String(value))) throw refuse(`${path} ${shortly(value)}`);
  }
  const reference = referenceIn(success.id, data, raw, lookUp);
  // Something answered as the vendor does, but not with what it answers when it took a message.
  if (reference === undefined || reference === '')
    throw new Error(`${name}: HTTP ${status} without a name of the message: unknown`);
  return reference.slice(0, 128);
}

function referenceIn(where: string, data: unknown, raw: string, lookUp: ValueOf): string | undefined {
  if (where.startsWith('=')) return fillTemplate(where.slice(1), lookUp);
  if (where.startsWith('regex:')) return new RegExp(where.slice('regex:'.length)).exec(raw)?.[1];
  const value = valueAt(data, where);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** Codes of vendors are short; anything longer might quote the message. */
const shortly = (value: unknown): string => {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : typeof value;
  return /^[\w .-]{1,20}$/.test(text) ? text : 'another value';
};

function parseJson(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

async function takeCallback(
  { name, template, secrets, receiptUrl, takeReceipt }: HttpGatewayOptions,
  callback: ReceiptCallback,
): Promise<CallbackOutcome> {
  const { receipt } = template;
  if (receipt === undefined || receiptUrl === undefined) return 'refused';
  const { signature } = receipt;
  if (signature !== undefined) {
    const key = fillTemplate(
      signature.key,
      (variable) => secrets.get(variable.replace(/^secret:/, '')) ?? '',
    );
    if (!isSignedByVendor({ ...signature, key }, receiptUrl, callback)) return 'refused';
  }
  const report = readReceipt(receipt, callback);
  if (report !== undefined) await takeReceipt(name, report);
  return 'taken';
}
