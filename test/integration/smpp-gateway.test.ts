import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { NotTaken, type Receipt, type SmsGateway } from '../../src/service/otp/gateways/port.ts';
import { type SmppGatewayOptions, smppGateway } from '../../src/service/otp/gateways/smpp/smpp-gateway.ts';
import { describeWithJudge } from '../conformance/judges/at-hand.ts';
import { startCuttingRelay } from '../support/cutting-relay.ts';
import { freePort } from '../support/local-server.ts';
import { openssl } from '../support/openssl.ts';
import { startSimulator, startTestSmsc } from '../support/smsc.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
const ending = <T extends object>(started: T, end: (it: T) => Promise<void>): T => {
  closing.push(() => end(started));
  return started;
};

interface Opened {
  readonly gateway: SmsGateway;
  readonly receipts: Receipt[];
  readonly events: string[];
}

function open(port: number, options: Partial<SmppGatewayOptions> = {}): Opened {
  const receipts: Receipt[] = [];
  const events: string[] = [];
  const gateway = smppGateway({
    ...{ name: 'smsc', host: '127.0.0.1', port, tls: undefined, systemId: 'test', password: 'secret' },
    ...{ systemType: '', from: 'Bank', window: 10, messagesPerSecond: 1000, receiptIds: 'same' },
    ...{ responseMs: 2000, enquireMs: 500 },
    takeReceipt: async (_name, receipt) => void receipts.push(receipt),
    onConnection: (event) => void events.push(event),
    monotonic: () => performance.now(),
    ...options,
  });
  ending(gateway, async (it) => it.close?.());
  return { gateway, receipts, events };
}

let messages = 0;
const message = (text: string, seconds = 300) => ({
  id: `msg_${++messages}`,
  requestId: 'req',
  recipient: '+34600111222',
  text,
  validUntil: new Date(Date.now() + seconds * 1000),
});

const bound = ({ gateway }: Opened) => vi.waitFor(() => gateway.assertAvailable?.(), { timeout: 30_000 });
/** What the SMSC says of a message may be read after its response, which comes by another way. */
const heard = (check: () => void) => vi.waitFor(check, { timeout: 30_000 });

/** What became of a message: the response, certainly not taken, or unknown. */
const outcome = (gateway: SmsGateway, text: string, seconds?: number) =>
  gateway.send(message(text, seconds)).then(
    () => 'taken' as const,
    (error: unknown) => (error instanceof NotTaken ? ('refused' as const) : ('unknown' as const)),
  );

describeWithJudge('jsmpp', 'with the SMSC of jsmpp', () => {
  it('takes GSM-7, UCS-2 and parts; receipts in the other notation find their message', async () => {
    const smsc = ending(await startSimulator(), (it) => it.kill());
    const opened = open(smsc.port, { systemId: 'j', password: 'jpwd', receiptIds: 'hexInAnswer' });
    await bound(opened);
    const texts = ['Firma de 2 documents ñ € 482913', 'Signatura: codi ç ã õ 482913', 'España ñ '.repeat(30)];
    const references: string[] = [];
    for (const text of texts) references.push((await opened.gateway.send(message(text))).reference);
    expect(new Set(references).size).toBe(3);
    await vi.waitFor(
      () => expect(opened.receipts.map(({ reference }) => reference).sort()).toEqual([...references].sort()),
      { timeout: 30_000 },
    );
    expect(opened.receipts.every(({ state }) => state === 'delivered')).toBe(true);
  });

  it('over TLS sends to who has a certificate of the authority, and to nobody else', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'smsc-tls-'));
    const file = (name: string) => join(folder, name);
    openssl(
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=smsc'],
      ...[
        '-addext',
        'subjectAltName=IP:127.0.0.1,DNS:localhost',
        '-keyout',
        file('k.pem'),
        '-out',
        file('c.pem'),
      ],
    );
    openssl(
      ...['pkcs12', '-export', '-inkey', file('k.pem'), '-in', file('c.pem'), '-passout', 'pass:password'],
      ...['-out', file('keystore.p12')],
    );
    const smsc = ending(await startSimulator(folder), (it) => it.kill());
    const account = { systemId: 'j', password: 'jpwd', host: 'localhost' };
    const trusting = open(smsc.port, { ...account, tls: { ca: await readFile(file('c.pem')) } });
    await bound(trusting);
    expect(await outcome(trusting.gateway, 'code 482913')).toBe('taken');
    const strict = open(smsc.port, { ...account, tls: {} });
    expect(await outcome(strict.gateway, 'code 482913')).toBe('refused');
    expect(strict.events).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
  });
});

describeWithJudge('jsmpp', 'with an SMSC that refuses and receipts early', () => {
  it('keeps to the rate: of 60 messages at 20 a second none is lost, none is sent twice', async () => {
    const smsc = ending(await startTestSmsc(20), (it) => it.kill());
    const opened = open(smsc.port, { messagesPerSecond: 200 });
    await bound(opened);
    const texts = Array.from({ length: 60 }, (_, n) => `code ${100_000 + n}`);
    const outcomes = await Promise.all(texts.map((text) => outcome(opened.gateway, text)));
    expect(new Set(outcomes)).toEqual(new Set(['taken']));
    await heard(() => expect([...smsc.taken()].sort()).toEqual(texts));
    await heard(() => expect(smsc.lines()).toContain('throttled'));
  });

  it('answers a receipt that comes before the answer to its message', async () => {
    const smsc = ending(await startTestSmsc(1000, 'before'), (it) => it.kill());
    const opened = open(smsc.port);
    await bound(opened);
    const { reference } = await opened.gateway.send(message('code 482913'));
    expect(opened.receipts).toEqual([{ reference, state: 'delivered' }]);
    await heard(() => expect(smsc.lines()).toContain('receipted'));
  });

  it('lets the SMSC repeat a receipt that could not be stored', async () => {
    const smsc = ending(await startTestSmsc(), (it) => it.kill());
    let tries = 0;
    const opened = open(smsc.port, {
      takeReceipt: async () => {
        tries += 1;
        throw new Error('the database is away');
      },
    });
    await bound(opened);
    await opened.gateway.send(message('code 482913'));
    await heard(() => expect(tries).toBeGreaterThan(0));
    await heard(() => expect(smsc.lines().join('\n')).toMatch(/^receipt NegativeResponse/m));
  });

  it('a refusal is certain; a wrong password is named, and nothing is sent', async () => {
    const smsc = ending(await startTestSmsc(), (it) => it.kill());
    const opened = open(smsc.port);
    await bound(opened);
    expect(await outcome(opened.gateway, 'refuse this')).toBe('refused');
    const stranger = open(smsc.port, { password: 'wrong' });
    expect(await outcome(stranger.gateway, 'code 1')).toBe('refused');
    expect(stranger.events).toContain('bind refused: 0xe');
    expect(stranger.events.join()).not.toContain('wrong');
    expect(smsc.taken()).toEqual([]);
  });
});

describeWithJudge('jsmpp', 'with an SMSC that is lost', () => {
  it('says refused while nobody listens, and sends by itself when somebody does', async () => {
    const port = await freePort();
    const opened = open(port);
    expect(await outcome(opened.gateway, 'code 1')).toBe('refused');
    const smsc = ending(await startTestSmsc(1000, 'after', port), (it) => it.kill());
    await bound(opened);
    expect(await outcome(opened.gateway, 'code 2')).toBe('taken');
    await heard(() => expect(smsc.taken()).toEqual(['code 2']));
  });

  it('killed under messages: those under way are unknown, the next ones go when it is back', async () => {
    const first = ending(await startTestSmsc(), (it) => it.kill());
    const opened = open(first.port);
    await bound(opened);
    let stop = false;
    const outcomes = new Map<string, string>();
    const lanes = Array.from({ length: 5 }, async (_, lane) => {
      for (let n = 0; !stop; n++) outcomes.set(`${lane}-${n}`, await outcome(opened.gateway, `${lane}-${n}`));
    });
    await vi.waitFor(() => expect(outcomes.size).toBeGreaterThan(50), { timeout: 30_000 });
    await first.kill();
    const second = ending(await startTestSmsc(1000, 'after', first.port), (it) => it.kill());
    await vi.waitFor(() => expect(second.taken().length).toBeGreaterThan(20), { timeout: 30_000 });
    stop = true;
    await Promise.all(lanes);
    await heard(() => checkBooks(outcomes, [...first.taken(), ...second.taken()]));
    expect([...outcomes.values()].filter((value) => value === 'unknown').length).toBeLessThanOrEqual(10);
  });

  it('cut at any octet of either direction: none is taken twice, none that was refused is taken', async () => {
    const smsc = ending(await startTestSmsc(100_000), (it) => it.kill());
    const relay = ending(await startCuttingRelay(smsc.port), (it) => it.stop());
    const outcomes = new Map<string, string>();
    const opened = open(relay.port, { responseMs: 1000 });
    for (const direction of ['there', 'back'] as const) {
      // Bind takes 16 + some 20 octets; a message of this length about 70, its response 33.
      for (let octets = 1; octets < 320; octets += 9) {
        relay.cutAfter({ direction, octets });
        const text = `${direction}-${octets}`;
        await vi.waitFor(() => expect(opened.events.length).toBeGreaterThan(0), { timeout: 30_000 });
        const sent = [1, 2, 3].map(async (n) => {
          outcomes.set(`${text}-${n}`, await outcome(opened.gateway, `${text}-${n}`));
        });
        await vi
          .waitFor(() => expect(opened.events.at(-1)).not.toBe('bound'), { timeout: 4000 })
          .catch(() => undefined);
        relay.cutAfter(undefined);
        await Promise.all(sent);
      }
    }
    await heard(() => checkBooks(outcomes, smsc.taken()));
    expect(new Set(outcomes.values())).toContain('unknown');
  }, 120_000);
});

/** What the gateway said of each message against what the SMSC took. */
function checkBooks(outcomes: ReadonlyMap<string, string>, taken: readonly string[]): void {
  expect(new Set(taken).size, 'one was taken twice').toBe(taken.length);
  for (const [text, what] of outcomes) {
    if (what === 'taken') expect(taken).toContain(text);
    if (what === 'refused') expect(taken).not.toContain(text);
  }
}
