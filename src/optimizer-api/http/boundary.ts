import type { Readable } from 'node:stream';

/** A boundary has at most 70 characters (RFC 2046 §5.1.1), and two hyphens before it. */
const MAX_LINE = 72;

/**
 * The boundary that a multipart body really uses: clients announce none, or another one. It is the first
 * line of the body; what was read of it is put back.
 * @returns undefined where the body does not begin with a boundary
 */
export async function boundaryOf(body: Readable, announced: string | undefined): Promise<string | undefined> {
  const start = await peek(body, MAX_LINE + 2);
  const line = /^--([^\r\n"\\]{1,70})\r?\n/.exec(start.toString('latin1'))?.[1];
  return line?.trimEnd() ?? announced;
}

async function peek(body: Readable, wanted: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  while (length < wanted && !body.readableEnded) {
    const chunk = body.read() as Buffer | null;
    if (chunk === null) {
      if (!(await moreOf(body))) break;
      continue;
    }
    chunks.push(chunk);
    length += chunk.length;
  }
  const start = Buffer.concat(chunks);
  if (start.length > 0) body.unshift(start);
  return start;
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
