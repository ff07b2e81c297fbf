/** Why there is no connection through a proxy. Its message names the proxy, without credentials. */
export class ProxyFailure extends Error {
  /** What the proxy answered; undefined where it did not. */
  readonly status: number | undefined;

  constructor(message: string, options: { readonly status?: number; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.status = options.status;
  }
}

/** Of a call that failed because of its proxy; undefined for anything else. */
export function proxyFailureIn(thrown: unknown): ProxyFailure | undefined {
  for (let error = thrown, depth = 0; error instanceof Error && depth < 8; error = error.cause, depth += 1) {
    if (error instanceof ProxyFailure) return error;
  }
  return undefined;
}
