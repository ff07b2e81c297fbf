import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PackedBodyFault, TAKEN_CODINGS, unpackedBody } from '../../../base/unpacked-body.ts';
import { OssError } from '../../../contract/errors.ts';
import { JsonFault, parseJsonText } from '../../../contract/json-text.ts';

/** What a body is instead of JSON, by its first bytes. */
const OTHERS: readonly (readonly [RegExp, string])[] = [
  [/^%PDF-/, 'the body is a PDF; documents are never sent to this service, only their digests'],
  [/^--[^\r\n]+\r?\n/, 'the body is a form of parts; this call takes JSON'],
  [/^[\w.%+-]+=/, 'the body is a form; this call takes JSON'],
];

/**
 * Bodies as clients send them: JSON, whatever it is called, in UTF-8 or UTF-16, with or without a byte order mark,
 * packed or not. What is no JSON is refused with the reason and the place; nothing of it is repeated.
 */
export function parseJsonBodies(server: FastifyInstance): void {
  server.addHook('preParsing', async (request, reply, payload) =>
    unpacked(request, reply, payload as Readable),
  );
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: FastifyRequest, body: Buffer) =>
    // Clients announce JSON and send nothing, where a call takes none.
    body.length === 0 ? undefined : parse(body),
  );
}

async function unpacked(request: FastifyRequest, reply: FastifyReply, payload: Readable): Promise<Readable> {
  try {
    return unpackedBody(payload, request.headers['content-encoding']);
  } catch (fault) {
    // RFC 9110 §15.5.16.
    if (fault instanceof PackedBodyFault) void reply.header('accept-encoding', TAKEN_CODINGS);
    throw fault;
  }
}

function parse(body: Buffer): unknown {
  const head = body.subarray(0, 256).toString('latin1');
  const other = OTHERS.find(([beginning]) => beginning.test(head))?.[1];
  if (other !== undefined) throw new OssError('OSS_REQUEST_INVALID', { reason: other });
  try {
    return parseJsonText(body);
  } catch (fault) {
    if (!(fault instanceof JsonFault)) throw fault;
    throw new OssError('OSS_REQUEST_INVALID', { reason: fault.message });
  }
}
