import type { Language } from '../../../contract/model/language.ts';

/** One message. The text holds a code: an adapter never logs it and keeps it no longer than it must. */
export interface SmsMessage {
  /** Of this message alone, so that a gateway that can may drop a repetition. */
  readonly id: string;
  readonly requestId: string;
  /** E.164; an address where the channel is e-mail. */
  readonly recipient: string;
  readonly text: string;
  /** Once more, for gateways that take it beside the text (approved templates, speech). */
  readonly code?: string;
  readonly language?: Language;
  /** After this the message is useless and must not be delivered any more. */
  readonly validUntil: Date;
}

/** What became of a message that a gateway had taken. */
export interface Receipt {
  /** As `send` answered it. */
  readonly reference: string;
  readonly state: 'delivered' | 'failed';
}

/** Stores a receipt; rejects while it cannot, so that the gateway's side sends it again. */
export type TakeReceipt = (gateway: string, receipt: Receipt) => Promise<void>;

/**
 * The gateway certainly did not take the message, so that another may have it. Every other failure leaves open
 * whether the phone will ring: such a message is never sent again.
 */
export class NotTaken extends Error {}

export interface Sent {
  /** The gateway's own name of the message. */
  readonly reference: string;
  /** Which gateway took it, where several stand behind one. */
  readonly gateway?: string;
  /** Where it is known at once that the message reached its person. */
  readonly isReceived?: boolean;
}

/** A response to a callback of the vendor. */
export type CallbackOutcome = 'taken' | 'refused';

/** What a vendor calls when it knows what became of a message. */
export interface ReceiptCallback {
  readonly method: 'GET' | 'POST';
  /** As it came, without the leading question mark. */
  readonly query: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Brings a message to a phone. */
export interface SmsGateway {
  readonly name: string;
  /** Whether it only simulates a phone; such a gateway is refused in production. */
  readonly sandboxOnly: boolean;
  /**
   * Answers when the gateway has taken the message.
   * @throws NotTaken when it certainly has not; anything else when nobody knows
   */
  send(message: SmsMessage): Promise<Sent>;
  /** Rejects when no message can be taken now; absent where only sending tells. */
  assertAvailable?(): Promise<void>;
  /** Takes a call of the vendor; absent where receipts come by another way, or not at all. */
  takeCallback?(callback: ReceiptCallback): Promise<CallbackOutcome>;
  /** Lets go of connections; messages that are under way are waited for, but not long. */
  close?(): Promise<void>;
}
