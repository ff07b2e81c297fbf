import { createHmac } from 'node:crypto';
import { buildConnector } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createMetrics } from '../../src/service/metrics/metrics.ts';
import { gatewaysOf, smsConfigSchema } from '../../src/service/otp/gateways/config.ts';
import type { GatewayPorts } from '../../src/service/otp/gateways/gateway-ports.ts';
import { SHIPPED_TEMPLATES } from '../../src/service/otp/gateways/http/shipped-templates.ts';
import { openGateways } from '../../src/service/otp/gateways/open.ts';
import { NotTaken, type Receipt, type SmsGateway } from '../../src/service/otp/gateways/port.ts';
import { type HttpsDouble, startHttpsDouble } from '../support/https-double.ts';

/** What each vendor answers when it takes a message, and how it refuses one inside the same status. */
const VENDORS: Readonly<
  Record<string, { taken: readonly [number, unknown]; id?: string; refused?: unknown }>
> = {
  altiria: { taken: [200, { status: '000' }], refused: { status: '020' } },
  esendex: { taken: [200, { batch: { messageheaders: [{ id: 'e1' }] } }], id: 'e1' },
  infobip: {
    taken: [200, { messages: [{ messageId: 'i1', status: { groupName: 'PENDING' } }] }],
    id: 'i1',
    refused: { messages: [{ messageId: 'i1', status: { groupName: 'REJECTED' } }] },
  },
  labsmobile: { taken: [200, { subid: 'b1', code: '0' }], id: 'b1', refused: { code: '30' } },
  link: { taken: [200, { messageId: 'l1', resultCode: 1005 }], id: 'l1' },
  lleida: {
    taken: [200, { request: 'r1', code: 200 }],
    id: 'r1',
    refused: { code: 401, status: 'Unauthorized' },
  },
  messagebird: { taken: [201, { id: 'm1' }], id: 'm1' },
  'postmark-email': {
    taken: [200, { ErrorCode: 0, MessageID: 'p1' }],
    id: 'p1',
    refused: { ErrorCode: 406, Message: 'inactive recipient' },
  },
  smsapi: {
    taken: [200, { count: 1, list: [{ id: 's1' }] }],
    id: 's1',
    refused: { error: 101, message: 'x' },
  },
  sns: { taken: [200, '<PublishResponse><MessageId>n1</MessageId></PublishResponse>'], id: 'n1' },
  twilio: { taken: [201, { sid: 'SM1', status: 'queued' }], id: 'SM1' },
  'twilio-voice': { taken: [201, { sid: 'CA1' }], id: 'CA1' },
  vonage: {
    taken: [200, { messages: [{ status: '0', 'message-id': 'v1' }] }],
    id: 'v1',
    refused: { messages: [{ status: '4', 'error-text': 'Bad Credentials' }] },
  },
};

const HOSTS = [
  ...Object.values(SHIPPED_TEMPLATES).map(
    ({ request }) => new URL(request.url.replace(/\$\{secret:(\w+)\}/g, 'secret-$1')).host,
  ),
  'secret-host',
  'vendor.example',
].map((host) => host.split(':')[0] as string);

let double: HttpsDouble;
beforeAll(async () => {
  double = await startHttpsDouble(HOSTS);
});
afterAll(() => double.stop());
afterEach(() => double.seen.splice(0));

const receipts: Receipt[] = [];
const metrics = createMetrics();
const ports = (channel: GatewayPorts['channel']): GatewayPorts => ({
  store: { sandboxMessages: {} } as unknown as GatewayPorts['store'],
  clock: () => new Date(),
  environment: new Proxy({}, { get: (_target, name) => `secret-${String(name)}` }) as NodeJS.ProcessEnv,
  channel,
  issuer: 'Example Bank',
  receiptUrl: (gateway) => `https://sign.example.com/receipts/${gateway}/unguessable`,
  takeReceipt: async (_gateway, receipt) => void receipts.push(receipt),
  metrics,
  onConnection: () => undefined,
  connector: double.connector,
});

const secretsOf = (template: unknown): Record<string, { from: 'environment'; variable: string }> =>
  Object.fromEntries(
    [...JSON.stringify(template).matchAll(/\$\{secret:(\w+)\}/g)].map(([, name]) => [
      name as string,
      { from: 'environment' as const, variable: name as string },
    ]),
  );

function open(template: keyof typeof SHIPPED_TEMPLATES, more: object = {}): SmsGateway {
  const shipped = SHIPPED_TEMPLATES[template];
  const config = smsConfigSchema.parse({
    ...{ type: 'http', name: template, template, from: 'Bank', secrets: secretsOf(shipped) },
    ...more,
  });
  return openGateways(config, ports(shipped.channel as 'sms')).members[0] as SmsGateway;
}

const CODE = '482913';
const TEXT = `Su código " \\ $\{secret:key} <&> ñ € ${CODE}`;
const message = (channel = 'sms') => ({
  ...{ id: 'msg_1', requestId: 'req_1', text: TEXT, code: CODE, language: 'es' as const },
  recipient: channel === 'email' ? 'maria@example.com' : '+34600111222',
  validUntil: new Date(Date.now() + 300_000),
});

const outcome = (gateway: SmsGateway) =>
  gateway.send(message()).then(
    () => 'taken',
    (error: unknown) => (error instanceof NotTaken ? 'refused' : 'unknown'),
  );

it('every template that comes along is tried', () => {
  expect(Object.keys(VENDORS).sort()).toEqual(Object.keys(SHIPPED_TEMPLATES).sort());
});

describe.each(Object.entries(VENDORS))('%s', (name, { taken, id }) => {
  const template = name as keyof typeof SHIPPED_TEMPLATES;
  const { channel } = SHIPPED_TEMPLATES[template];

  it('gets the text as it is, over TLS, and answers its own name of the message', async () => {
    const gateway = open(template);
    double.respondWith({ status: taken[0], body: taken[1] });
    const sent = await gateway.send(message(channel));
    if (id !== undefined) expect(sent.reference).toBe(id);
    expect(sent.reference).not.toBe('');
    const [call] = double.seen;
    const fields = call?.type.startsWith('application/json')
      ? JSON.stringify(JSON.parse(call.body))
      : JSON.stringify(Object.fromEntries(new URLSearchParams(call?.body)));
    const told = channel === 'voice' ? [...CODE].join(', ') : JSON.stringify(TEXT).slice(1, -1);
    expect(fields).toContain(told);
    expect(call?.method).toBe('POST');
    const basic = /^Basic (.*)/.exec(call?.authorization ?? '')?.[1] ?? '';
    const presented = [call?.body, JSON.stringify(call?.headers), Buffer.from(basic, 'base64')].join(' ');
    expect(presented).toContain('secret-');
    await gateway.close?.();
  });
});

const REFUSING = Object.entries(VENDORS).filter(([, { refused }]) => refused !== undefined);

it.each(REFUSING)(
  '%s: a refusal inside the same status is one, and is told without the text',
  async (name, { taken, refused }) => {
    const gateway = open(name as keyof typeof SHIPPED_TEMPLATES);
    double.respondWith({ status: taken[0], body: refused });
    const error = await gateway.send(message()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NotTaken);
    for (const secret of [CODE, '600111222', 'secret-']) expect(String(error)).not.toContain(secret);
    await gateway.close?.();
  },
);

describe('what became of a message that went wrong', () => {
  const accepted = { status: 201, body: { sid: 'SM1' } };

  it.each([
    ['HTTP 400', { status: 400, body: {} }, 'refused'],
    ['HTTP 429', { status: 429, body: {} }, 'refused'],
    ['a redirection', { status: 302, body: '', headers: { location: 'https://vendor.example/' } }, 'refused'],
    ['HTTP 408', { status: 408, body: {} }, 'unknown'],
    ['HTTP 502', { status: 502, body: 'Bad Gateway' }, 'unknown'],
    ['a page instead of an answer', { status: 201, body: '<html>' }, 'unknown'],
    ['an answer without end', { status: 201, body: 'x'.repeat(200_000) }, 'unknown'],
    ['a connection that ends', 'cut', 'unknown'],
    ['silence', 'silence', 'unknown'],
  ] as const)('%s: %#', async (_what, response, expected) => {
    const gateway = open('twilio', { timeoutSeconds: 1 });
    double.respondWith(response);
    expect(await outcome(gateway)).toBe(expected);
    expect(double.seen).toHaveLength(1);
    await gateway.close?.();
  });

  it('nobody there, an unknown authority, another host: certainly not taken', async () => {
    const nobody = buildConnector({});
    const tries = [
      double.strangersConnector,
      ((options, done) =>
        nobody({ ...options, hostname: '127.0.0.1', port: '1' }, done)) as typeof double.connector,
    ];
    for (const connector of tries) {
      const config = smsConfigSchema.parse({
        ...{ type: 'http', name: 'twilio', template: 'twilio', from: 'Bank', timeoutSeconds: 2 },
        secrets: secretsOf(SHIPPED_TEMPLATES.twilio),
      });
      const { gateway } = openGateways(config, { ...ports('sms'), connector });
      expect(await outcome(gateway)).toBe('refused');
      await gateway.close?.();
    }
    expect(double.seen).toEqual([]);
  });

  it('is passed on to the next gateway only where it was certainly refused', async () => {
    const order = smsConfigSchema.parse([
      {
        ...{ type: 'http', name: 'first', template: 'vonage', from: 'Bank', costPerMessage: 0.05 },
        secrets: secretsOf(SHIPPED_TEMPLATES.vonage),
      },
      {
        ...{ type: 'http', name: 'second', template: 'messagebird', from: 'Bank', costPerMessage: 0.07 },
        secrets: secretsOf(SHIPPED_TEMPLATES.messagebird),
      },
    ]);
    expect(gatewaysOf(order)).toHaveLength(2);
    const opened = openGateways(order, ports('sms'));
    double.respondWith({ status: 201, body: { id: 'm1' } });
    // HTTP 201 is a refusal to the first and a response to the second.
    expect(await opened.gateway.send(message())).toMatchObject({ reference: 'm1', gateway: 'second' });
    expect(double.seen.map(({ host }) => host)).toEqual(['rest.nexmo.com', 'rest.messagebird.com']);
    double.seen.splice(0);
    double.respondWith({ status: 503, body: '' });
    expect(await outcome(opened.gateway)).toBe('unknown');
    expect(double.seen).toHaveLength(1);
    await opened.gateway.close?.();
    const samples = metrics
      .samples()
      .flatMap(({ name, values }) => values.map((value) => ({ name, ...value })));
    expect(samples).toContainEqual({
      name: 'oneshot_messages_total',
      labels: { gateway: 'first', channel: 'sms', outcome: 'unknown' },
      value: 1,
    });
    expect(samples).toContainEqual({
      name: 'oneshot_message_cost_total',
      labels: { gateway: 'second', channel: 'sms' },
      value: 0.07,
    });
  });

  it('asks for no receipt where none is wanted', async () => {
    const gateway = open('twilio', { receipts: false });
    double.respondWith(accepted);
    await gateway.send(message());
    expect(new URLSearchParams(double.seen[0]?.body).has('StatusCallback')).toBe(false);
    await gateway.close?.();
  });
});

describe('a configuration that cannot work', () => {
  it.each([
    ['a secret that the template needs', { secrets: {} }, 'secret:sid'],
    ['a template of another channel', { template: 'twilio-voice' }, 'channel voice'],
    [
      'a template file that is not there',
      { template: undefined, templateFile: '/nowhere.json' },
      'cannot be read',
    ],
  ])('is refused for %s', (_what, more, reason) => {
    const config = smsConfigSchema.parse({
      ...{ type: 'http', name: 'x', template: 'twilio', from: 'Bank' },
      secrets: secretsOf(SHIPPED_TEMPLATES.twilio),
      ...more,
    });
    expect(() => openGateways(config, ports('sms'))).toThrow(
      expect.objectContaining({
        details: expect.objectContaining({ reason: expect.stringContaining(reason) }),
      }),
    );
  });
});

describe('a receipt', () => {
  const url = 'https://sign.example.com/receipts/twilio/unguessable';
  const body = 'MessageSid=SM1&MessageStatus=delivered';
  const signed = createHmac('sha1', 'secret-token')
    .update(`${url}MessageSidSM1MessageStatusdelivered`)
    .digest('base64');

  it('is taken with the signature of the vendor, and with no other', async () => {
    const gateway = open('twilio');
    const call = (signature: string) =>
      gateway.takeCallback?.({
        method: 'POST',
        query: '',
        body,
        headers: { 'x-twilio-signature': signature },
      });
    expect(await call('another')).toBe('refused');
    expect(receipts).toEqual([]);
    expect(await call(signed)).toBe('taken');
    expect(receipts.splice(0)).toEqual([{ reference: 'SM1', state: 'delivered' }]);
    await gateway.close?.();
  });

  it.each([
    ['vonage', { body: JSON.stringify({ messageId: 'v1', status: 'delivered' }) }, 'delivered'],
    [
      'infobip',
      { body: JSON.stringify({ results: [{ messageId: 'i1', status: { groupName: 'EXPIRED' } }] }) },
      'failed',
    ],
    ['messagebird', { query: 'id=m1&status=delivered' }, 'delivered'],
    ['messagebird', { query: 'id=m1&status=buffered' }, undefined],
    ['link', { body: JSON.stringify({ id: 'l1', resultCode: 1001 }) }, 'delivered'],
    ['labsmobile', { query: 'subid=b1&status=handset' }, 'delivered'],
  ] as const)('of %s is read: %#', async (name, given, state) => {
    const gateway = open(name);
    await gateway.takeCallback?.({ method: 'POST', query: '', body: '', headers: {}, ...given });
    expect(receipts.splice(0).map((receipt) => receipt.state)).toEqual(state === undefined ? [] : [state]);
    await gateway.close?.();
  });
});
