import type { ZodType } from 'zod';
import type { CallCore } from '../core/api-core.ts';
import type { RequestOutcome } from '../core/outcome.ts';
import type { Form, FormLimits } from '../core/uploaded-form.ts';
import type { DialectName } from '../store/records.ts';

/** What a route sees of a call. */
export interface ApiCall {
  readonly dialect: DialectName;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** Parsed JSON or urlencoded body; undefined where there was none, or it is a form of parts. */
  readonly body: unknown;
  /** The body is a form of parts that nobody has read yet. */
  readonly isForm: boolean;
  /** The header Idempotency-Key, where it is usable. */
  readonly idempotencyKey: string | undefined;
  /** Reads a form of parts; files that the route does not keep are removed afterwards. */
  form(limits: FormLimits): Promise<Form>;
  /** Calls back once the whole response has left this process; never, where the connection was lost before. */
  onAnswered(listener: () => void): void;
}

/** Of calls that ask the signature service: it is busy, fails, is away, or takes too long. */
export const SERVICE_REFUSALS: readonly number[] = Object.freeze([429, 502, 503, 504]);

type Media = 'application/json' | 'multipart/form-data' | 'application/x-www-form-urlencoded';

/** A call of the API, served in both dialects. */
export interface ApiRoute {
  /** Of the operation, in its description and in generated clients. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the prefix of the dialect; the first is the documented one, the others are known aliases. */
  readonly classic: readonly string[];
  readonly newer: readonly string[];
  readonly tag: string;
  readonly summary: string;
  readonly query?: ZodType;
  readonly body?: {
    readonly media: readonly Media[];
    readonly classic: ZodType;
    readonly newer?: ZodType;
    /** As a form of parts, where files may come with it. */
    readonly form?: ZodType;
    /** Largest JSON body, where the usual limit is too small. */
    readonly maxBytes?: number;
  };
  readonly success:
    | {
        readonly status: 200 | 201;
        readonly classic: ZodType;
        readonly newer?: ZodType;
        /** The newer dialect writes `messsage` here; both are sent. */
        readonly misspelt?: true;
        /** Headers that the response may have, with what they say. */
        readonly headers?: Readonly<Record<string, string>>;
        /** Where the response holds what later calls name in their path, as JSON pointer into it, by dialect. */
        readonly names?: Readonly<Record<string, Readonly<Record<DialectName, string>>>>;
      }
    | { readonly mediaTypes: readonly string[] };
  /** Statuses of the refusals that it knows, beside those that every call knows. */
  readonly refusals: readonly number[];
  /** @param core sees what the application of the call made, and nothing else */
  handle(core: CallCore, call: ApiCall): Promise<RequestOutcome>;
}
