import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { SANDBOX_OFFICER } from '../../src/service/index.ts';
import { newIdentity, newManifest, type Response, type ServiceClient } from './service-client.ts';

/** A signature that a client was told of. */
export interface Acknowledged {
  readonly id: string;
  readonly key: string;
  readonly code: string;
  readonly text: string;
}

/**
 * For how long somebody repeats a call that got no response, in milliseconds. What a killed process was signing stays
 * in progress for its lease of a minute; nobody waits for that here.
 */
const PATIENCE = 12_000;

type UntilKnown = (call: (client: ServiceClient) => Promise<Response>) => Promise<Response | undefined>;

/** Who approves, and how the phone of the signer is read. */
export interface Desk {
  readonly registrationAuthority: string;
  readonly pin: string;
  readonly profile: string;
  /** Undefined where no message came. */
  codeOf(id: string, reference: string, untilKnown: UntilKnown): Promise<string | undefined>;
}

const SANDBOX_DESK: Desk = {
  registrationAuthority: SANDBOX_OFFICER.registrationAuthority,
  pin: SANDBOX_OFFICER.pin,
  profile: 'single-use-p256',
  async codeOf(id, _reference, untilKnown) {
    const outbox = await untilKnown((client) => client.get(`/v1/sandbox/outbox?request=${id}`));
    if (outbox?.status !== 200) return undefined;
    return /(\d+)$/.exec(outbox.body.messages.at(-1)?.text ?? '')?.[1] ?? '';
  },
};

/**
 * Clients that sign one request after the other, repeat with the same idempotency key what got no response, as
 * stations do, and remember what they were told.
 */
export class SigningClients {
  readonly acknowledged: Acknowledged[] = [];
  /** Requests that exist because somebody was told so. */
  readonly requests: string[] = [];
  /** Status and code of what was refused for good, by how often. */
  readonly refusals = new Map<string, number>();
  readonly #clients: readonly ServiceClient[];
  readonly #desk: Desk;
  #calls = 0;
  #isStopping = false;

  /** @param clients all of them logged in; each call goes to the next one, as a load balancer sends it */
  constructor(clients: readonly ServiceClient[], desk: Desk = SANDBOX_DESK) {
    this.#clients = clients;
    this.#desk = desk;
  }

  /** @returns what ends them, once each has finished what it is at */
  begin(lanes: number): () => Promise<void> {
    const running = Array.from({ length: lanes }, () => this.#work());
    return async () => {
      this.#isStopping = true;
      await Promise.all(running);
    };
  }

  async #work(): Promise<void> {
    while (!this.#isStopping) await this.#signOne();
  }

  async #signOne(): Promise<void> {
    const creationKey = { 'idempotency-key': randomUUID() };
    const { codeOf, ...officer } = this.#desk;
    const call = { ...officer, identity: newIdentity() };
    const created = await this.#untilKnown((client) => client.create(call, creationKey));
    if (created?.status !== 201) return;
    const { id } = created.body;
    this.requests.push(id);
    const manifest = newManifest(2);
    // A code is sent once: where the response is lost nobody knows whether, and this client gives the request up.
    const sent = await this.#next()
      .sendOtp(id, manifest)
      .catch(() => undefined);
    if (sent?.status !== 200) return;
    const code = await codeOf(id, sent.body.reference, (call) => this.#untilKnown(call));
    if (code === undefined) return;
    const key = randomUUID();
    const signed = await this.#untilKnown((client) => client.sign(id, code, manifest, key));
    if (signed?.status === 200) this.acknowledged.push({ id, key, code, text: signed.text });
  }

  #next(): ServiceClient {
    this.#calls += 1;
    const client = this.#clients[this.#calls % this.#clients.length];
    if (client === undefined) throw new Error('at least one client is needed');
    return client;
  }

  /** The response that is no "try again"; undefined when there was none. */
  async #untilKnown(call: (client: ServiceClient) => Promise<Response>): Promise<Response | undefined> {
    const end = performance.now() + PATIENCE;
    for (;;) {
      const response = await call(this.#next()).catch(() => undefined);
      const code = response?.body?.error?.code;
      const isUnknown =
        response === undefined || response.status === 503 || code === 'OSS_SIGNING_IN_PROGRESS';
      if (response !== undefined && !isUnknown) {
        if (response.status >= 300) {
          const name = `${response.status} ${code}`;
          this.refusals.set(name, (this.refusals.get(name) ?? 0) + 1);
        }
        return response;
      }
      if (performance.now() > end) return undefined;
      await pause(50);
    }
  }
}

/** What must hold whatever was killed; each finding is a sentence. */
export async function findLosses(clients: SigningClients, service: ServiceClient): Promise<string[]> {
  const findings: string[] = [];
  const serials = new Map<string, string>();
  for (const id of clients.requests) {
    const { status, body } = await service.get(`/v1/requests/${id}/events`);
    if (status !== 200) {
      findings.push(`request ${id} is lost: ${status}`);
      continue;
    }
    const events: { type: string; previousHash: string; hash: string; data: { serialNumber?: string } }[] =
      body.events;
    events.forEach(({ previousHash }, index) => {
      const expected = index === 0 ? '0'.repeat(64) : events[index - 1]?.hash;
      if (previousHash !== expected) findings.push(`the chain of ${id} is broken at ${index + 1}`);
    });
    const done = events.filter(({ type }) => type === 'signing.done').length;
    const told = clients.acknowledged.filter((one) => one.id === id).length;
    if (done > 1) findings.push(`${id} was signed ${done} times`);
    if (told > done) findings.push(`${id} was acknowledged ${told} times and signed ${done} times`);
    for (const { data, type } of events) {
      if (type !== 'certificate.planned' || data.serialNumber === undefined) continue;
      const other = serials.get(data.serialNumber);
      if (other !== undefined) findings.push(`${id} and ${other} have one serial number`);
      serials.set(data.serialNumber, id);
    }
  }
  for (const { id, key, code, text } of clients.acknowledged) {
    const stored = await service.respondUnder(id, key);
    if (stored.text !== text) findings.push(`the signature of ${id} is lost: ${stored.status}`);
    const again = await service.sign(id, code, newManifest(2));
    if (again.body?.error?.code !== 'OSS_SIGNING_DONE') {
      findings.push(`the code of ${id} can be used again: ${again.status} ${again.body?.error?.code}`);
    }
  }
  return findings;
}
