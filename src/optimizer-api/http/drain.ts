import type { Readable } from 'node:stream';

/** What is still read of a body that nobody wants: enough for usual uploads, not for an endless one. */
const MAX_BYTES = 64 * 1024 * 1024;
const MAX_MS = 10_000;

/**
 * Reads the rest of a body away, so that its sender reaches the point where it reads the response; a response sent
 * before that is lost in a reset of the connection.
 * @returns whether the body came to its end
 */
export function drain(body: Readable): Promise<boolean> {
  if (body.readableEnded) return Promise.resolve(true);
  if (body.destroyed) return Promise.resolve(false);
  // What it was passed on to takes nothing more, and would hold it up.
  body.unpipe();
  return new Promise((settle) => {
    let bytes = 0;
    const timer = setTimeout(() => done(false), MAX_MS);
    const count = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes > MAX_BYTES) done(false);
    };
    const ended = (): void => done(true);
    const gone = (): void => done(false);
    const done = (complete: boolean): void => {
      clearTimeout(timer);
      body.off('data', count).off('end', ended).off('close', gone).off('error', gone);
      settle(complete);
    };
    body.on('data', count).on('end', ended).on('close', gone).on('error', gone);
  });
}
