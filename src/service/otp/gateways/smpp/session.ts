import { connect as connectPlain, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import {
  COMMAND,
  type DeliveredMessage,
  encodeBind,
  encodePdu,
  isResponse,
  type Pdu,
  PduReader,
  readDeliver,
  responseTo,
  STATUS,
} from './pdu.ts';

export interface SessionOptions {
  readonly host: string;
  readonly port: number;
  readonly tls: ConnectionOptions | undefined;
  readonly systemId: string;
  readonly password: string;
  readonly systemType: string;
  readonly responseMs: number;
  readonly enquireMs: number;
  /** Rejects while it cannot take the message; the SMSC then sends it again. */
  readonly onDeliver: (message: DeliveredMessage) => Promise<void>;
  /** Told once, when the session that was bound has ended. */
  readonly onEnd: (reason: string) => void;
}

export interface SmppResponse {
  readonly status: number;
  readonly body: Buffer;
}

/** No response came and none will: whether the SMSC has acted is unknown. */
export class ResponseLost extends Error {}

/** One connection, bound as a transceiver. */
export interface SmppSession {
  /** @throws AnswerLost when the time is over or the session has ended */
  request(command: number, body: Buffer): Promise<SmppResponse>;
  /** Ends politely, but not later than a response may take. */
  close(): Promise<void>;
  /** Ends at once. */
  destroy(reason: string): void;
}

const NO_BODY = Buffer.alloc(0);
/** Deliveries that are worked on at a time; the SMSC waits with more. */
const MOST_DELIVERIES = 100;

/** Connects and binds. @throws the reason, which names no secret. */
export async function openSession(options: SessionOptions): Promise<SmppSession> {
  const connection = new Connection(options);
  try {
    await connection.connected();
    const { status } = await connection.request(COMMAND.bindTransceiver, encodeBind(options));
    if (status !== STATUS.ok) throw new Error(`bind refused: 0x${status.toString(16)}`);
  } catch (error) {
    connection.destroy('not bound');
    throw error;
  }
  connection.bound();
  return connection;
}

interface Pending {
  readonly response: (response: SmppResponse) => void;
  readonly lost: (reason: string) => void;
  readonly timer: NodeJS.Timeout;
}

class Connection implements SmppSession {
  readonly #options: SessionOptions;
  readonly #socket: Socket;
  readonly #reader = new PduReader();
  readonly #pending = new Map<number, Pending>();
  #sequence = 0;
  #deliveries = 0;
  #isBound = false;
  #ended: string | undefined;
  #enquiry: NodeJS.Timeout | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    const { host, port, tls } = options;
    this.#socket = tls === undefined ? connectPlain({ host, port }) : connectTls({ host, port, ...tls });
    this.#socket.setNoDelay(true);
    this.#socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    this.#socket.on('error', (error: NodeJS.ErrnoException) => this.destroy(error.code ?? 'error'));
    this.#socket.on('close', () => this.destroy('closed'));
  }

  connected(): Promise<void> {
    const { tls, responseMs } = this.#options;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.destroy('ETIMEDOUT'), responseMs);
      this.#socket.once(tls === undefined ? 'connect' : 'secureConnect', () => {
        clearTimeout(timer);
        resolve();
      });
      this.#socket.once('close', () => {
        clearTimeout(timer);
        reject(new Error(this.#ended ?? 'closed'));
      });
    });
  }

  bound(): void {
    this.#isBound = true;
    const enquire = async (): Promise<void> => {
      await this.request(COMMAND.enquireLink, NO_BODY).catch(() => this.destroy('enquire_link'));
      if (this.#ended === undefined) schedule();
    };
    const schedule = (): void => {
      this.#enquiry = setTimeout(() => void enquire(), this.#options.enquireMs).unref();
    };
    if (this.#ended === undefined) schedule();
    else this.#options.onEnd(this.#ended);
  }

  request(command: number, body: Buffer): Promise<SmppResponse> {
    if (this.#ended !== undefined) return Promise.reject(new ResponseLost(this.#ended));
    this.#sequence = (this.#sequence % 0x7fffffff) + 1;
    const sequence = this.#sequence;
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer);
        this.#pending.delete(sequence);
      };
      const lost = (reason: string): void => {
        settle();
        reject(new ResponseLost(reason));
      };
      const timer = setTimeout(() => lost('no answer'), this.#options.responseMs);
      const response = (given: SmppResponse): void => {
        settle();
        resolve(given);
      };
      this.#pending.set(sequence, { response, lost, timer });
      this.#socket.write(encodePdu({ command, status: STATUS.ok, sequence, body }));
    });
  }

  async close(): Promise<void> {
    if (this.#ended === undefined) await this.request(COMMAND.unbind, NO_BODY).catch(() => undefined);
    this.destroy('closed by us');
  }

  destroy(reason: string): void {
    if (this.#ended !== undefined) return;
    this.#ended = reason;
    clearTimeout(this.#enquiry);
    this.#socket.destroy();
    for (const { lost } of [...this.#pending.values()]) lost(reason);
    if (this.#isBound) this.#options.onEnd(reason);
  }

  #receive(chunk: Buffer): void {
    try {
      for (const pdu of this.#reader.push(chunk)) this.#take(pdu);
    } catch {
      // PduFault: where the next PDU begins is unknown.
      this.destroy('not SMPP');
    }
  }

  #take({ command, status, sequence, body }: Pdu): void {
    if (isResponse(command)) {
      // generic_nack answers what the SMSC could not read (§4.3), whatever it was.
      this.#pending.get(sequence)?.response({ status, body });
      return;
    }
    if (command === COMMAND.enquireLink) this.#respond(command, STATUS.ok, sequence);
    else if (command === COMMAND.unbind) {
      this.#respond(command, STATUS.ok, sequence);
      this.destroy('unbound by the SMSC');
    } else if (command === COMMAND.deliverSm) this.#deliver(body, sequence);
    else this.#send({ command: COMMAND.genericNack, status: STATUS.invalidCommand, sequence, body: NO_BODY });
  }

  #deliver(body: Buffer, sequence: number): void {
    const message = readDeliver(body);
    this.#deliveries += 1;
    if (this.#deliveries >= MOST_DELIVERIES) this.#socket.pause();
    this.#options
      .onDeliver(message)
      .then(
        () => STATUS.ok,
        () => STATUS.temporaryError,
      )
      .then((status) => {
        this.#deliveries -= 1;
        if (this.#ended !== undefined) return;
        this.#socket.resume();
        this.#respond(COMMAND.deliverSm, status, sequence);
      });
  }

  #respond(command: number, status: number, sequence: number): void {
    // deliver_sm_resp has a message_id that is not used (§4.6.2).
    const body = command === COMMAND.deliverSm ? Buffer.alloc(1) : NO_BODY;
    this.#send({ command: responseTo(command), status, sequence, body });
  }

  #send(pdu: Pdu): void {
    if (this.#ended === undefined) this.#socket.write(encodePdu(pdu));
  }
}
