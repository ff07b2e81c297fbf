import { createServer } from 'node:http';
import {
  buildTimestampRequest,
  buildTimestampResponse,
  buildTimestampToken,
  parseTimestampRequest,
} from '../../src/pki/index.ts';
import { closeServer, listenLocally, urlOf } from './local-server.ts';
import type { TestAuthority } from './pki-hierarchy.ts';

/** A token of this authority at this moment, over a SHA-256 hash. */
export function stampOf(tsa: TestAuthority, hash: Uint8Array, request?: Uint8Array): Promise<Uint8Array> {
  const { imprint, nonce } = parseTimestampRequest(
    request ?? buildTimestampRequest({ digest: hash, certReq: true }),
  );
  return buildTimestampToken(
    {
      policy: '1.3.6.1.4.1.32473.1.2',
      imprint: imprint.der,
      serialNumber: new Uint8Array(16).fill(5),
      genTime: new Date(),
      accuracySeconds: 1,
      nonce,
      certificate: tsa.certificate.der,
      chain: [],
      embedCertificates: true,
    },
    tsa.signer,
  );
}

/** A time-stamp authority over HTTP (RFC 3161 §3.4), which counts what it is asked. */
export async function startTsa(tsa: TestAuthority) {
  let asked = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    asked += 1;
    const token = await stampOf(tsa, new Uint8Array(32), Buffer.concat(chunks));
    response
      .writeHead(200, { 'content-type': 'application/timestamp-reply' })
      .end(buildTimestampResponse(token));
  });
  await listenLocally(server);
  return {
    url: `${urlOf(server)}/`,
    get asked() {
      return asked;
    },
    close: () => closeServer(server),
  };
}
