import type {
  CreateRequestInput,
  OtpSent,
  Outbox,
  RequestView,
  SendOtp,
  ServiceInfo,
  SignAnswer,
  SignCall,
} from '../../contract/service-api/index.ts';

/** What the Optimizer needs of a signature service. Everything it answers is untrusted until verified. */
export interface SignatureService {
  info(): Promise<ServiceInfo>;
  createRequest(input: Omit<CreateRequestInput, 'pin'>, idempotencyKey: string): Promise<RequestView>;
  request(requestId: string): Promise<RequestView>;
  contract(requestId: string): Promise<Uint8Array>;
  sendOtp(requestId: string, call: SendOtp): Promise<OtpSent>;
  sign(requestId: string, call: SignCall, idempotencyKey: string): Promise<SignAnswer>;
  /** The stored answer to an earlier `sign` with this key: how a killed station finds its signature again. */
  signature(requestId: string, idempotencyKey: string): Promise<SignAnswer>;
  cancel(requestId: string): Promise<void>;
  /** The simulated SMS of a sandbox. @throws OssError OSS_NOT_FOUND in production mode */
  outbox(requestId: string): Promise<Outbox>;
  close(): Promise<void>;
}

/** Credentials of the registration officer, kept in memory only. */
export interface OfficerCredentials {
  readonly username: string;
  readonly password: string;
  readonly pin: string;
}

/** One call that left this machine, or would have: for the record of what was sent. */
export interface OutboundCall {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
}
