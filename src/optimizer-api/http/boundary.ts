import { Readable } from 'node:stream';
import { interruption } from '../core/refusal.ts';

/** A boundary has at most 70 characters (RFC 2046 §5.1.1), and two hyphens before it. */
const MAX_LINE = 72;

/** The beginning of a body, and a stream that has all of it. */
export interface PeekedBody {
  /** Fewer bytes than wanted where it has no more. */
  readonly head: Buffer;
  readonly whole: Readable;
}

/**
 * The boundary that a multipart body really uses: clients announce none, or another one. It is the first
 * line of the body.
 * @returns the announced one, if any, where the body does not begin with a boundary
 */
export async function boundaryOf(
  body: Readable,
  announced: string | undefined,
): Promise<{ readonly boundary: string | undefined; readonly whole: Readable }> {
  const { head, whole } = await peekBody(body, MAX_LINE + 2);
  const line = /^--([^\r\n"\\]{1,70})\r?\n/.exec(head.toString('latin1'))?.[1];
  return { boundary: line?.trimEnd() ?? announced, whole };
}

/** Looks at the first bytes of a body without losing them. @throws Refusal where it was interrupted */
export async function peekBody(body: Readable, wanted: number): Promise<PeekedBody> {
  const chunks: Buffer[] = [];
  let length = 0;
  while (length < wanted && !body.readableEnded) {
    const chunk = body.read() as Buffer | null;
    if (chunk === null) {
      if (body.destroyed || !(await moreOf(body))) break;
      continue;
    }
    chunks.push(chunk);
    length += chunk.length;
  }
  // What has failed by now says so once only.
  if (body.destroyed && !body.readableEnded) throw interruption(body.errored);
  const head = Buffer.concat(chunks);
  // A stream that has ended takes nothing back.
  if (body.readableEnded) return { head, whole: Readable.from([head], { objectMode: false }) };
  if (head.length > 0) body.unshift(head);
  return { head, whole: body };
}

/** False at the end of the body, or when the connection is gone. */
const moreOf = (body: Readable): Promise<boolean> =>
  new Promise((settle) => {
    const done = (more: boolean) => (): void => {
      body.off('readable', readable).off('end', ended).off('error', ended).off('close', ended);
      settle(more);
    };
    const [readable, ended] = [done(true), done(false)];
    body.on('readable', readable).on('end', ended).on('error', ended).on('close', ended);
  });
