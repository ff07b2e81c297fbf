import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OssError } from '../../../contract/errors.ts';

/** What came back with the browser. */
export interface RedirectAnswer {
  readonly code: string;
  readonly redirectUri: string;
}

export interface RedirectOptions {
  /** Shown in the browser of the person who sits there. */
  readonly openBrowser: (url: string) => Promise<void> | void;
  /** The whole address to open, for the address that the server has to send the browser back to. */
  readonly addressFor: (redirectUri: string) => string;
  readonly state: string;
  /** Who must have answered (RFC 9207), where the server says who it is. */
  readonly issuer?: string;
  /** For servers that compare the whole address; otherwise any free port (RFC 8252 §7.3). */
  readonly port?: number;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 300_000;
const HERE = 'http://127.0.0.1';
const PATH = '/cb';
const PAGE = '<!doctype html><meta charset="utf-8"><title>One-Shot</title><p>&#10003;</p>';

/**
 * Sends a person to a page of the provider in the browser of this computer, and waits on 127.0.0.1 for the browser to
 * come back with a code. One answer is served, with the right state alone.
 * @throws OssError OSS_FORBIDDEN where the provider or the person refused, OSS_SERVICE_TIMEOUT,
 * OSS_SERVICE_RESPONSE_INVALID
 */
export async function codeByBrowser(options: RedirectOptions): Promise<RedirectAnswer> {
  const { port = 0, timeoutMs = TIMEOUT_MS } = options;
  const server = createServer();
  try {
    await listen(server, port);
    const redirectUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}${PATH}`;
    const answered = answerAt(server, options, timeoutMs);
    // Nobody waits for it where the browser cannot be opened.
    answered.catch(() => undefined);
    await options.openBrowser(options.addressFor(redirectUri));
    return { code: await answered, redirectUri };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((settle, fail) => {
    server.once('error', (cause) =>
      fail(new OssError('OSS_CONFIG_INVALID', { reason: `port ${port} is taken` }, { cause })),
    );
    server.listen(port, '127.0.0.1', settle);
  });
}

function answerAt(server: Server, { state, issuer }: RedirectOptions, timeoutMs: number): Promise<string> {
  return new Promise((settle, fail) => {
    const timer = setTimeout(
      () => fail(new OssError('OSS_SERVICE_TIMEOUT', { path: 'authorize' })),
      timeoutMs,
    );
    timer.unref();
    server.on('request', (request, response) => {
      // Any page in the browser can call this port; without the state, or with an address that is none, it says
      // nothing.
      const target = request.url ?? '/';
      const url = URL.canParse(target, HERE) ? new URL(target, HERE) : undefined;
      const query = url?.searchParams ?? new URLSearchParams();
      if (request.method !== 'GET' || url?.pathname !== PATH || query.get('state') !== state) {
        response.writeHead(404).end();
        return;
      }
      clearTimeout(timer);
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8', connection: 'close' })
        .end(PAGE, () => {
          const code = query.get('code');
          const said = query.get('iss');
          if (issuer !== undefined && said !== null && said !== issuer)
            fail(new OssError('OSS_SERVICE_RESPONSE_INVALID', { reason: 'another server has answered' }));
          else if (code === null) fail(new OssError('OSS_FORBIDDEN', { reason: 'refused in the browser' }));
          else settle(code);
        });
    });
  });
}
