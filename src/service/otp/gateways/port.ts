/** One SMS. The text holds a code: an adapter never logs it and keeps it no longer than it must. */
export interface SmsMessage {
  /** The same for a repeated attempt, so that a gateway that can may drop the repetition. */
  readonly id: string;
  readonly requestId: string;
  /** E.164. */
  readonly recipient: string;
  readonly text: string;
  /** After this the message is useless and must not be delivered any more. */
  readonly validUntil: Date;
}

/** Brings a message to a phone. */
export interface SmsGateway {
  readonly name: string;
  /** Whether it only simulates a phone; such a gateway is refused in production. */
  readonly sandboxOnly: boolean;
  /** Answers the gateway's own reference of the message; rejects when it did not take it. */
  send(message: SmsMessage): Promise<{ readonly reference: string }>;
  /** Rejects when no message can be taken now; absent where only sending tells. */
  assertAvailable?(): Promise<void>;
}
