import { z } from 'zod';
import { secretReferenceSchema } from '../../settings/secret-reference.ts';
import { SHIPPED_TEMPLATE_NAMES } from './http/shipped-templates.ts';

/** The simulated phone of a sandbox. */
const outboxSchema = z.strictObject({ type: z.literal('outbox') });

const common = {
  /** In events, metrics and addresses; two gateways have two names. */
  name: z.string().regex(/^[a-z0-9-]{1,32}$/),
  /** What one message costs, in the currency of the operator; for the counter of costs. */
  costPerMessage: z.number().min(0).max(100).default(0),
};

/** A vendor's HTTP interface, as a template describes it. */
const httpSchema = z
  .strictObject({
    type: z.literal('http'),
    ...common,
    /** One that comes along, or a file in the same format. */
    template: z.enum(SHIPPED_TEMPLATE_NAMES).optional(),
    templateFile: z.string().min(1).optional(),
    /** Who the message is from, as the vendor lets it be: a name, a number, an address. */
    from: z.string().min(1).max(128),
    secrets: z.record(z.string().regex(/^\w{1,32}$/), secretReferenceSchema).default({}),
    /** Whether the vendor is asked to report what became of the message, at an address below `publicUrl`. */
    receipts: z.boolean().default(true),
    timeoutSeconds: z.number().min(1).max(20).default(8),
    /** Authorities of the vendor's TLS, where they are not public ones. */
    caFile: z.string().min(1).optional(),
  })
  .refine(
    ({ template, templateFile }) => (template === undefined) !== (templateFile === undefined),
    'template or templateFile',
  );
export type HttpGatewayConfig = z.infer<typeof httpSchema>;

/** An SMSC by SMPP 3.4. */
const smppSchema = z.strictObject({
  type: z.literal('smpp'),
  ...common,
  host: z.string().min(1),
  port: z.number().int().min(1).max(65_535),
  /** With an empty object the public authorities are trusted. */
  tls: z.strictObject({ caFile: z.string().min(1).optional(), serverName: z.string().optional() }).optional(),
  systemId: z.string().min(1).max(15),
  password: secretReferenceSchema,
  systemType: z.string().max(12).default(''),
  from: z.string().min(1).max(20),
  /** Messages under way at a time, without a response yet. */
  window: z.number().int().min(1).max(1000).default(10),
  /** No more messages a second than these are handed over. */
  messagesPerSecond: z.number().min(0.1).max(10_000).default(50),
  responseSeconds: z.number().min(1).max(20).default(5),
  enquireSeconds: z.number().min(1).max(600).default(30),
  /** How receipts name a message: as the response did, or in the other of two notations. */
  receiptIds: z.enum(['same', 'hexInAnswer', 'decimalInAnswer']).default('same'),
});
export type SmppGatewayConfig = z.infer<typeof smppSchema>;

const gatewaySchema = z.discriminatedUnion('type', [outboxSchema, httpSchema, smppSchema]);
export type GatewayConfig = z.infer<typeof gatewaySchema>;

const orderSchema = z
  .array(gatewaySchema)
  .min(1)
  .max(8)
  .refine((gateways) => {
    const names = gateways.map((gateway) => (gateway.type === 'outbox' ? 'outbox' : gateway.name));
    return new Set(names).size === names.length;
  }, 'two gateways have one name');

/** How messages reach phones: one gateway, or several of which the first that takes a message gets it. */
export const smsConfigSchema = z.unknown().transform((value, context): SmsConfig => {
  // By its shape, so that what is wrong is named: a union would only say that none of both fits.
  const { data, error } = (Array.isArray(value) ? orderSchema : gatewaySchema).safeParse(value);
  if (data !== undefined) return data;
  for (const { message, path } of error?.issues ?? [])
    context.addIssue({ code: 'custom', message, path: [...path] });
  return z.NEVER;
});
export type SmsConfig = GatewayConfig | z.infer<typeof orderSchema>;

/** The gateways in their order. */
export const gatewaysOf = (config: SmsConfig): readonly GatewayConfig[] =>
  Array.isArray(config) ? config : [config];
