import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PackedBodyFault, TAKEN_CODINGS, unpackedBody } from '../../base/unpacked-body.ts';
import { interruption, packedRefusal, Refusal } from '../core/refusal.ts';
import { parseTextBody } from '../core/text-body.ts';
import type { ApiRoute } from '../routes/route.ts';
import { peekBody } from './boundary.ts';
import { readForm } from './multipart.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** How the route takes bodies. */
    readonly bodies?: Bodies;
  }
}

/** `upload`: files alone; `parts`: a form of parts, or text; `text`: JSON or the fields of a form. */
type Bodies = 'upload' | 'parts' | 'text';

const MULTIPART = 'multipart/form-data';
const MAX_FIELDS_BYTES = 1024 * 1024;

export function bodiesOf({ body }: ApiRoute): Bodies {
  if (!body?.media.includes(MULTIPART)) return 'text';
  return body.media.length === 1 ? 'upload' : 'parts';
}

/**
 * Bodies as clients send them, by what they are and whatever they are called. What brings a file stays a stream, to be
 * read by its route; everything else is JSON or the fields of a form.
 * @param incoming folder of files that arrive
 */
export function parseBodies(server: FastifyInstance, incoming: string): void {
  server.addHook('preParsing', async (request, reply, payload) =>
    unpacked(request, reply, payload as Readable),
  );
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (request: FastifyRequest, payload: Readable) =>
    parse(request, payload, incoming),
  );
}

async function unpacked(request: FastifyRequest, reply: FastifyReply, payload: Readable): Promise<Readable> {
  try {
    return unpackedBody(payload, request.headers['content-encoding']);
  } catch (fault) {
    if (!(fault instanceof PackedBodyFault)) throw fault;
    // RFC 9110 §15.5.16.
    void reply.header('accept-encoding', TAKEN_CODINGS);
    throw packedRefusal(fault);
  }
}

async function parse(request: FastifyRequest, payload: Readable, incoming: string): Promise<unknown> {
  const { bodies = 'text' } = request.routeOptions.config;
  const type = request.headers['content-type'] ?? '';
  if (bodies === 'upload') return payload;
  const { head, whole } = await peekBody(payload, 16);
  // JSON that is called a form of parts is JSON.
  if (/^multipart\//i.test(type) && !/^\s*[{[]/.test(head.toString('latin1'))) {
    if (bodies === 'parts') return whole;
    return (await readForm(whole, type, incoming, { fileBytes: MAX_FIELDS_BYTES, files: 0 })).fields;
  }
  return parseTextBody(await collected(whole, request.routeOptions.bodyLimit), type);
}

/** The rest of a body that is too large is left to who answers: the connection lives on. */
function collected(payload: Readable, most: number): Promise<Buffer> {
  return new Promise((settle, fail) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const take = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes <= most) chunks.push(chunk);
      else stop(new Refusal(413, 'Too much data was sent'));
    };
    const stop = (refusal: Refusal): void => {
      payload.off('data', take);
      fail(refusal);
    };
    payload.on('data', take);
    payload.on('end', () => settle(Buffer.concat(chunks)));
    payload.on('error', (cause) => stop(interruption(cause)));
    payload.on('close', () => stop(interruption()));
  });
}
