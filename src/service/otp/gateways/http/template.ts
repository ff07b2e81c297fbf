/** The format in which a vendor's HTTP interface is described: one JSON file for each vendor. */
import { z } from 'zod';

const texts = z.record(z.string(), z.string());
const jsonValue: z.ZodType<unknown> = z.json();

/** `${name}` is replaced inside strings after JSON was parsed, so that no text can break out of its place. */
const requestSchema = z
  .strictObject({
    method: z.enum(['POST', 'PUT', 'GET']).default('POST'),
    /** Without what is secret in it, an address of https. */
    url: z.string().regex(/^https:\/\//, 'an address of https'),
    auth: z
      .union([
        z.strictObject({ basic: z.tuple([z.string(), z.string()]) }),
        z.strictObject({ bearer: z.string() }),
        z.strictObject({
          sigv4: z.strictObject({
            service: z.string(),
            region: z.string(),
            key: z.string(),
            secret: z.string(),
          }),
        }),
      ])
      .optional(),
    headers: texts.default({}),
    form: texts.optional(),
    json: jsonValue.optional(),
  })
  .refine(({ form, json }) => form === undefined || json === undefined, 'form or json, not both');

/** Values at paths into the response (`messages.0.status`), each one of those that are listed. */
const conditions = z.record(z.string(), z.array(z.string()).min(1));

const successSchema = z.strictObject({
  status: z.array(z.number().int()).min(1),
  where: conditions.default({}),
  /** Paths that must not be there. */
  absent: z.array(z.string()).default([]),
  /** A path into the response; `=` and a text with variables; `regex:` and one group over the raw answer. */
  id: z.string().min(1),
});

const receiptSchema = z.strictObject({
  body: z.enum(['form', 'json', 'query']),
  id: z.string().min(1),
  state: z.string().min(1),
  delivered: z.array(z.string()).min(1),
  /** `*` stands for every other value: for vendors that report final states only. */
  failed: z.array(z.string()).min(1),
  /** A signature of the vendor over the call; the path is unguessable in any case. */
  signature: z
    .discriminatedUnion('scheme', [
      z.strictObject({ scheme: z.literal('twilio'), header: z.string(), key: z.string() }),
      z.strictObject({ scheme: z.literal('hmac-sha256-body'), header: z.string(), key: z.string() }),
    ])
    .optional(),
});

export const gatewayTemplateSchema = z.strictObject({
  format: z.literal(1),
  name: z.string().regex(/^[a-z0-9-]{1,32}$/),
  channel: z.enum(['sms', 'voice', 'email']).default('sms'),
  request: requestSchema,
  success: successSchema,
  receipt: receiptSchema.optional(),
  /** Variables of the template's own, with a value for each alphabet. */
  variables: z
    .record(z.string().regex(/^\w+$/), z.strictObject({ 'gsm-7': z.string(), 'ucs-2': z.string() }))
    .default({}),
});
export type GatewayTemplate = z.infer<typeof gatewayTemplateSchema>;

const VARIABLE = /\$\{((?:secret:)?\w+)(?::(number))?\}/g;

export type ValueOf = (name: string) => string | number;

/** The same structure with every `${name}` replaced; a string that is one `${name:number}` becomes a number. */
export function fillTemplate<T>(value: T, lookUp: ValueOf): T {
  return fill(value, lookUp) as T;
}

function fill(value: unknown, lookUp: ValueOf): unknown {
  if (Array.isArray(value)) return value.map((entry) => fill(entry, lookUp));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, fill(entry, lookUp)]));
  }
  if (typeof value !== 'string') return value;
  const whole = /^\$\{(\w+):number\}$/.exec(value)?.[1];
  if (whole !== undefined) return Number(lookUp(whole));
  return value.replace(VARIABLE, (_, name: string) => String(lookUp(name)));
}

/** Names of everything that the template asks for, secrets with their prefix. */
export function variablesOf(value: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  fill(value, (name) => {
    names.add(name);
    return '';
  });
  return names;
}

/** What stands at `a.0.b` of a parsed answer; undefined where the path ends before. */
export function valueAt(data: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inside, key) => {
    if (typeof inside !== 'object' || inside === null || !Object.hasOwn(inside, key)) return undefined;
    return (inside as Record<string, unknown>)[key];
  }, data);
}
