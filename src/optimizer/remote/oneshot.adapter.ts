import { z } from 'zod';
import {
  type CreateRequestInput,
  type OtpSent,
  type Outbox,
  otpSentSchema,
  outboxSchema,
  type RequestView,
  requestViewSchema,
  type SendOtp,
  type ServiceInfo,
  type SignAnswer,
  type SignCall,
  serviceInfoSchema,
  signAnswerSchema,
  type TokenAnswer,
  tokenAnswerSchema,
} from '../../contract/service-api/index.ts';
import { HttpClient, type HttpClientOptions } from './http-client.ts';
import type { OfficerCredentials, SignatureService } from './port.ts';

/** A token is renewed this long before it ends, so that it cannot end between two calls of one step. */
const TOKEN_MARGIN_MS = 60_000;

/** Our own signature service, over HTTP. */
export class OneShotService implements SignatureService {
  readonly #http: HttpClient;
  readonly #credentials: OfficerCredentials;
  readonly #now: () => Date;
  #token: TokenAnswer | undefined;

  constructor(options: HttpClientOptions & { credentials: OfficerCredentials; now?: () => Date }) {
    this.#http = new HttpClient(options);
    this.#credentials = options.credentials;
    this.#now = options.now ?? (() => new Date());
  }

  /** Asks for a session where there is none. @throws OssError OSS_CREDENTIALS_INVALID, OSS_SERVICE_* */
  async logIn(): Promise<void> {
    await this.authorisation();
  }

  info(): Promise<ServiceInfo> {
    return this.#http.repeatableJson(serviceInfoSchema, { method: 'GET', path: '/v1/info' });
  }

  async createRequest(input: Omit<CreateRequestInput, 'pin'>, idempotencyKey: string): Promise<RequestView> {
    return this.#http.repeatableJson(requestViewSchema, {
      method: 'POST',
      path: '/v1/requests',
      body: { ...input, pin: this.#credentials.pin },
      headers: { ...(await this.authorisation()), 'idempotency-key': idempotencyKey },
    });
  }

  async request(requestId: string): Promise<RequestView> {
    const headers = await this.authorisation();
    return this.#http.repeatableJson(requestViewSchema, {
      method: 'GET',
      path: `/v1/requests/${requestId}`,
      headers,
    });
  }

  async contract(requestId: string): Promise<Uint8Array> {
    const headers = await this.authorisation();
    return this.#http.repeatableBytes({ method: 'GET', path: `/v1/requests/${requestId}/contract`, headers });
  }

  /** Not repeated by itself: each call may send an SMS. */
  async sendOtp(requestId: string, call: SendOtp): Promise<OtpSent> {
    return this.#http.json(otpSentSchema, {
      method: 'POST',
      path: `/v1/requests/${requestId}/otp`,
      body: call,
      headers: await this.authorisation(),
    });
  }

  async sign(requestId: string, call: SignCall, idempotencyKey: string): Promise<SignAnswer> {
    return this.#http.repeatableJson(signAnswerSchema, {
      method: 'POST',
      path: `/v1/requests/${requestId}/sign`,
      body: call,
      headers: { ...(await this.authorisation()), 'idempotency-key': idempotencyKey },
    });
  }

  async signature(requestId: string, idempotencyKey: string): Promise<SignAnswer> {
    return this.#http.repeatableJson(signAnswerSchema, {
      method: 'GET',
      path: `/v1/requests/${requestId}/signature`,
      headers: { ...(await this.authorisation()), 'idempotency-key': idempotencyKey },
    });
  }

  async cancel(requestId: string): Promise<void> {
    const headers = await this.authorisation();
    await this.#http.repeatableJson(z.unknown(), {
      method: 'POST',
      path: `/v1/requests/${requestId}/cancel`,
      headers,
    });
  }

  async outbox(requestId: string): Promise<Outbox> {
    const headers = await this.authorisation();
    return this.#http.repeatableJson(outboxSchema, {
      method: 'GET',
      path: `/v1/sandbox/outbox?request=${requestId}`,
      headers,
    });
  }

  close(): Promise<void> {
    return this.#http.close();
  }

  private async authorisation(): Promise<Record<string, string>> {
    const now = this.#now().getTime();
    if (!this.#token || Date.parse(this.#token.expiresAt) - TOKEN_MARGIN_MS < now) {
      const { username, password } = this.#credentials;
      this.#token = await this.#http.repeatableJson(tokenAnswerSchema, {
        method: 'POST',
        path: '/v1/tokens',
        body: { username, password },
      });
    }
    return { authorization: `Bearer ${this.#token.token}` };
  }
}
