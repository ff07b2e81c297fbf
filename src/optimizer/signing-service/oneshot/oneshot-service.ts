import { z } from 'zod';
import { type Delivery, deliverySchema } from '../../../contract/model/delivery.ts';
import { type OtpSent, otpSentSchema } from '../../../contract/model/otp-sent.ts';
import type { SigningServiceDescription } from '../../../contract/model/signing-service.ts';
import { serviceInfoSchema } from '../../../contract/service-api/info.ts';
import { type LogEntries, logEntriesSchema } from '../../../contract/service-api/log-entries.ts';
import { outboxSchema } from '../../../contract/service-api/otp.ts';
import { signResponseSchema } from '../../../contract/service-api/sign.ts';
import { type Call, HttpClient, type HttpClientOptions, parseAs } from '../http-client.ts';
import type {
  AuthorisedDigests,
  CertificatePolicy,
  OfficerCredentials,
  Registration,
  SandboxInbox,
  SealOffer,
  SigningCall,
  SigningResponse,
  SigningService,
} from '../port.ts';
import { OneShotRegistration } from './registration.ts';
import { oneShotSeals } from './seals.ts';
import { Session } from './session.ts';
import { descriptionFrom, responseFrom } from './translate.ts';

export interface OneShotConfig extends HttpClientOptions {
  readonly kind: 'oneshot';
  /** Without any it can only describe itself. */
  readonly credentials?: OfficerCredentials;
  readonly now?: () => Date;
}

/** Our own signature service, over HTTP. */
export class OneShotService implements SigningService {
  readonly certificates: CertificatePolicy = {
    lifetime: 'single-use',
    names: 'as-registered',
    validFrom: 'before-the-claimed-time',
  };
  readonly registration: Registration;
  readonly sandboxInbox: SandboxInbox;
  readonly seals: SealOffer;
  readonly #http: HttpClient;
  readonly #session: Session;

  constructor({ credentials, now = () => new Date(), ...options }: OneShotConfig) {
    this.#http = new HttpClient(options);
    this.#session = new Session(this.#http, credentials, now);
    this.registration = new OneShotRegistration(this.#http, this.#session);
    this.seals = oneShotSeals({
      http: this.#http,
      session: this.#session,
      describe: () => this.describe(),
    });
    this.sandboxInbox = { messages: (requestId) => this.#outbox(requestId) };
  }

  async logIn(): Promise<void> {
    await this.#session.logIn();
  }

  async describe(): Promise<SigningServiceDescription> {
    return descriptionFrom(
      await this.#http.repeatableJson(serviceInfoSchema, { method: 'GET', path: '/v1/info' }),
    );
  }

  /** Not repeated by itself: each call may send an SMS. */
  async sendOtp(requestId: string, authorised: AuthorisedDigests): Promise<OtpSent> {
    return this.#session.authorised((headers) =>
      this.#http.json(otpSentSchema, {
        method: 'POST',
        path: `/v1/requests/${requestId}/otp`,
        body: authorised,
        headers,
      }),
    );
  }

  sign(requestId: string, call: SigningCall, idempotencyKey: string): Promise<SigningResponse> {
    return this.#signed(idempotencyKey, {
      method: 'POST',
      path: `/v1/requests/${requestId}/sign`,
      body: call,
    });
  }

  storedResponse(requestId: string, idempotencyKey: string): Promise<SigningResponse> {
    return this.#signed(idempotencyKey, { method: 'GET', path: `/v1/requests/${requestId}/signature` });
  }

  /** Asked once: who waits for a proof asks again anyway. */
  async logEntries(requestId: string): Promise<LogEntries> {
    return this.#session.authorised((headers) =>
      this.#http.json(logEntriesSchema, { method: 'GET', path: `/v1/requests/${requestId}/log`, headers }),
    );
  }

  async delivery(requestId: string): Promise<Delivery> {
    return this.#session.authorised((headers) =>
      this.#http.repeatableJson(deliverySchema, {
        method: 'GET',
        path: `/v1/requests/${requestId}/delivery`,
        headers,
      }),
    );
  }

  async cancel(requestId: string): Promise<void> {
    await this.#session.authorised((headers) =>
      this.#http.repeatableJson(z.unknown(), {
        method: 'POST',
        path: `/v1/requests/${requestId}/cancel`,
        headers,
      }),
    );
  }

  async #signed(idempotencyKey: string, call: Omit<Call, 'headers'>): Promise<SigningResponse> {
    const bytes = await this.#session.authorised((authorization) =>
      this.#http.repeatableBytes({
        ...call,
        headers: { ...authorization, 'idempotency-key': idempotencyKey },
      }),
    );
    return responseFrom(parseAs(signResponseSchema, bytes, call.path), bytes);
  }

  close(): Promise<void> {
    return this.#http.close();
  }

  async #outbox(requestId: string) {
    const { messages } = await this.#session.authorised((headers) =>
      this.#http.repeatableJson(outboxSchema, {
        method: 'GET',
        path: `/v1/sandbox/outbox?request=${requestId}`,
        headers,
      }),
    );
    return messages;
  }
}
