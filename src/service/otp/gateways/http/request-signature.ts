import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { ReceiptCallback } from '../port.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

export interface SigV4Credentials {
  readonly service: string;
  readonly region: string;
  readonly key: string;
  readonly secret: string;
}

/** Headers of AWS Signature Version 4 for a form that is posted to the root of a service. */
export function signatureV4(
  { service, region, key, secret }: SigV4Credentials,
  host: string,
  body: string,
  now: Date,
): Record<string, string> {
  const date = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const day = date.slice(0, 8);
  const scope = `${day}/${region}/${service}/aws4_request`;
  const signed = 'content-type;host;x-amz-date';
  const headers = ['content-type:application/x-www-form-urlencoded', `host:${host}`, `x-amz-date:${date}`];
  const canonical = ['POST', '/', '', ...headers, '', signed, sha256(body)].join('\n');
  const signingKey = [day, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secret}`);
  const text = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n');
  const signature = createHmac('sha256', signingKey).update(text).digest('hex');
  return {
    'x-amz-date': date,
    authorization: `AWS4-HMAC-SHA256 Credential=${key}/${scope}, SignedHeaders=${signed}, Signature=${signature}`,
  };
}

export interface CallbackSignature {
  readonly scheme: 'twilio' | 'hmac-sha256-body';
  readonly header: string;
  readonly key: string;
}

/** Whether the vendor signed this call. @param url the address that the vendor was given */
export function isSignedByVendor(
  { scheme, header, key }: CallbackSignature,
  url: string,
  { body, query, headers }: ReceiptCallback,
): boolean {
  const presented = headers[header.toLowerCase()];
  if (typeof presented !== 'string') return false;
  const expected =
    scheme === 'twilio'
      ? createHmac('sha1', key)
          .update(twilioText(url, query, body))
          .digest('base64')
      : createHmac('sha256', key).update(body).digest('hex');
  return equalText(presented.trim(), expected);
}

/** The address, then the fields of the form by name, names and values one after the other. */
function twilioText(url: string, query: string, body: string): string {
  const fields = [...new URLSearchParams(body)].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const address = query === '' ? url : `${url}?${query}`;
  return address + fields.map(([name, value]) => name + value).join('');
}

function equalText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
