/** Protocol data units of SMPP 3.4, as far as somebody who sends short messages meets them. */

/** Command identifiers (§5.1.2.1); a response has the highest bit set. */
export const COMMAND = Object.freeze({
  genericNack: 0x80000000,
  bindTransceiver: 0x00000009,
  submitSm: 0x00000004,
  deliverSm: 0x00000005,
  unbind: 0x00000006,
  enquireLink: 0x00000015,
});
const RESPONSE = 0x80000000;
export const responseTo = (command: number): number => (command | RESPONSE) >>> 0;
export const isResponse = (command: number): boolean => (command & RESPONSE) !== 0;

/** Command states (§5.1.3). */
export const STATUS = Object.freeze({
  ok: 0,
  messageQueueFull: 0x14,
  throttled: 0x58,
  invalidCommand: 0x03,
  temporaryError: 0x64,
});

/** Tags of optional parameters (§5.3.2). */
export const TAG = Object.freeze({ receiptedMessageId: 0x001e, messageState: 0x0427 });

export interface Pdu {
  readonly command: number;
  readonly status: number;
  readonly sequence: number;
  readonly body: Buffer;
}

export const HEADER_BYTES = 16;
/** A PDU with a message of 64 KiB and its parameters stays below this. */
export const MAX_PDU_BYTES = 70_000;

/** Not a PDU: the connection can only be closed, because nobody knows where the next one begins. */
export class PduFault extends Error {}

export function encodePdu({ command, status, sequence, body }: Pdu): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32BE(HEADER_BYTES + body.length, 0);
  header.writeUInt32BE(command >>> 0, 4);
  header.writeUInt32BE(status, 8);
  header.writeUInt32BE(sequence, 12);
  return Buffer.concat([header, body]);
}

/** Cuts a stream of bytes into PDUs; keeps what is incomplete. */
export class PduReader {
  #rest: Buffer = Buffer.alloc(0);

  /** @throws PduFault for a length that cannot be */
  push(chunk: Buffer): Pdu[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const pdus: Pdu[] = [];
    while (this.#rest.length >= 4) {
      const length = this.#rest.readUInt32BE(0);
      if (length < HEADER_BYTES || length > MAX_PDU_BYTES) throw new PduFault(`length ${length}`);
      if (this.#rest.length < length) break;
      pdus.push({
        command: this.#rest.readUInt32BE(4),
        status: this.#rest.readUInt32BE(8),
        sequence: this.#rest.readUInt32BE(12),
        body: this.#rest.subarray(HEADER_BYTES, length),
      });
      this.#rest = this.#rest.subarray(length);
    }
    return pdus;
  }
}

/** Text that ends with a zero octet (§3.1, C-Octet String). */
const cString = (text: string): Buffer => {
  if (text.includes('\0')) throw new RangeError('a zero octet inside a string');
  return Buffer.from(`${text}\0`, 'latin1');
};
const octets = (...values: number[]): Buffer => Buffer.from(values);

const VERSION = 0x34;

/** §4.1.5 */
export const encodeBind = (bind: {
  readonly systemId: string;
  readonly password: string;
  readonly systemType: string;
}): Buffer =>
  Buffer.concat([
    cString(bind.systemId),
    cString(bind.password),
    cString(bind.systemType),
    octets(VERSION, 0, 0),
    cString(''),
  ]);

export interface ShortMessage {
  /** Type and plan of the numbers (§5.2.5, §5.2.6). */
  readonly sourceTon: number;
  readonly sourceNpi: number;
  readonly source: string;
  /** Digits of the international number. */
  readonly destination: string;
  readonly esmClass: number;
  /** The alphabet (§5.2.19). */
  readonly dataCoding: number;
  /** Absolute or relative (§7.1.1). */
  readonly validityPeriod: string;
  readonly wantsReceipt: boolean;
  readonly message: Buffer;
}

/** §4.4.1 */
export function encodeSubmit(message: ShortMessage): Buffer {
  if (message.message.length > 254) throw new RangeError('a short message has at most 254 octets');
  return Buffer.concat([
    cString(''),
    octets(message.sourceTon, message.sourceNpi),
    cString(message.source),
    octets(1, 1),
    cString(message.destination),
    octets(message.esmClass, 0, 0),
    cString(''),
    cString(message.validityPeriod),
    octets(message.wantsReceipt ? 1 : 0, 0, message.dataCoding, 0, message.message.length),
    message.message,
  ]);
}

/** The identifier in a response to submit_sm (§4.4.2); empty where there is no body. */
export const readMessageId = (body: Buffer): string => new FieldReader(body).cString(65);

export interface DeliveredMessage {
  readonly esmClass: number;
  readonly message: Buffer;
  readonly parameters: ReadonlyMap<number, Buffer>;
}

/** §4.6.1. @throws PduFault when the fields end too early */
export function readDeliver(body: Buffer): DeliveredMessage {
  const fields = new FieldReader(body);
  fields.cString(6);
  fields.skip(2);
  fields.cString(65);
  fields.skip(2);
  fields.cString(65);
  const esmClass = fields.octet();
  fields.skip(2);
  fields.cString(17);
  fields.cString(17);
  fields.skip(4);
  const message = fields.bytes(fields.octet());
  return { esmClass, message, parameters: fields.parameters() };
}

class FieldReader {
  readonly #body: Buffer;
  #at = 0;

  constructor(body: Buffer) {
    this.#body = body;
  }

  octet(): number {
    return this.bytes(1).readUInt8(0);
  }

  skip(octets: number): void {
    this.bytes(octets);
  }

  bytes(length: number): Buffer {
    const end = this.#at + length;
    if (end > this.#body.length) throw new PduFault('the fields end too early');
    const found = this.#body.subarray(this.#at, end);
    this.#at = end;
    return found;
  }

  /** @param most octets with the zero at the end; SMSC are generous with them, so twice as many pass */
  cString(most: number): string {
    const end = this.#body.indexOf(0, this.#at);
    if (this.#at >= this.#body.length) return '';
    if (end < 0 || end - this.#at > most * 2) throw new PduFault('a string does not end');
    const text = this.#body.toString('latin1', this.#at, end);
    this.#at = end + 1;
    return text;
  }

  /** Tag, length, value until the end (§3.2.4.1). */
  parameters(): ReadonlyMap<number, Buffer> {
    const found = new Map<number, Buffer>();
    while (this.#at < this.#body.length) {
      const tag = this.bytes(2).readUInt16BE(0);
      found.set(tag, this.bytes(this.bytes(2).readUInt16BE(0)));
    }
    return found;
  }
}
