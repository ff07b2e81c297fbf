import type { FastifyRequest } from 'fastify';
import type { ZodType, z } from 'zod';

/** What a route takes beside its address; a body is JSON by its schema, or of the media types that it names. */
interface Shapes {
  readonly params?: ZodType;
  readonly query?: ZodType;
  readonly headers?: ZodType;
  readonly body?: ZodType | BytesBody | TextBody;
}

interface BytesBody {
  readonly bytes: readonly string[];
}

interface TextBody {
  readonly text: readonly string[];
}

type Parsed<Shape> = Shape extends ZodType ? z.output<Shape> : undefined;

type ParsedBody<Body> = Body extends BytesBody ? Uint8Array : Body extends TextBody ? string : Parsed<Body>;

/** A call as a route sees it: judged by the shapes of the route, from a caller who was admitted. */
export interface Call<S extends Shapes, Caller> {
  readonly caller: Caller;
  readonly params: Parsed<S['params']>;
  readonly query: Parsed<S['query']>;
  readonly headers: Parsed<S['headers']>;
  readonly body: ParsedBody<S['body']>;
  /** The call as it came, for what no schema can say of it. */
  readonly raw: Pick<FastifyRequest, 'method' | 'url' | 'headers'>;
}

/** Values leave by the schema of their status; bytes leave as they are. Without either there is no body. */
export type Reply<Value> = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
} & (
  | { readonly value: Value }
  | { readonly bytes: Uint8Array | string; readonly mediaType: string }
  | { readonly status: number }
);

/** Where a call of this service is described, judged, admitted and answered: the one form of all its routes. */
interface Definition<
  S extends Shapes,
  Responses extends Readonly<Record<number, ZodType>>,
  Services,
  Caller,
> {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly takes?: S;
  /** JSON responses by status. */
  readonly responses?: Responses;
  /** Media types of a response that is no JSON. */
  readonly mediaTypes?: readonly string[];
  /** Statuses of the refusals that it knows, for its documentation; all have one shape. */
  readonly refusals?: readonly number[];
  /** Where it is not what every route allows: any number of calls, or only so many log-ins that fail. */
  readonly limit?: 'loginsPerMinute' | 'unlimited';
  /** Largest body, where it is not that of the listener. */
  readonly bodyBytes?: number;
  handle(services: Services, call: Call<S, Caller>): Promise<Reply<z.input<Responses[keyof Responses]>>>;
}

/** Who calls, and the name under which the calls of this caller are counted. */
export interface Admitted<Caller> {
  readonly caller: Caller;
  readonly name: string;
}

export type Admit<Services, Caller> = (
  services: Services,
  request: FastifyRequest,
) => Promise<Admitted<Caller>>;

/** A route whose types were checked where it was written. */
export interface Route<Services>
  extends Omit<Definition<Shapes, Record<number, ZodType>, Services, never>, 'handle'> {
  /** Who may call it, before a body is read; undefined: anyone. @throws OssError OSS_CREDENTIALS_INVALID */
  readonly admit: Admit<Services, unknown> | undefined;
  handle(services: Services, call: Call<Shapes, unknown>): Promise<Reply<unknown>>;
}

/** Makes routes that anyone may call. */
export const openRoutes =
  <Services>() =>
  <const S extends Shapes, const Responses extends Readonly<Record<number, ZodType>>>(
    definition: Definition<S, Responses, Services, undefined>,
  ): Route<Services> =>
    ({ ...definition, admit: undefined }) as unknown as Route<Services>;

/** Makes routes for callers that `admit` knows. */
export const guardedRoutes =
  <Services, Caller>(admit: Admit<Services, Caller>) =>
  <const S extends Shapes, const Responses extends Readonly<Record<number, ZodType>>>(
    definition: Definition<S, Responses, Services, Caller>,
  ): Route<Services> =>
    ({ ...definition, admit }) as unknown as Route<Services>;
