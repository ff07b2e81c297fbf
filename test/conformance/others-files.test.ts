/** What another product signed, with a live PKI, is raised by us, and other judges say so. */
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PYHANKO_PYTHON } from '../../scripts/prerequisites.mjs';
import type { VerificationReport } from '../../src/contract/model/verification.ts';
import { augmentDocument, sourcesFor } from '../../src/optimizer/index.ts';
import { extensions, toPem } from '../../src/pki/index.ts';
import { closeServer, listenLocally, urlOf } from '../support/local-server.ts';
import { inShort } from '../support/long-form.ts';
import { CA, certify, list, type Party, SIGNER, TSA } from '../support/own-pki/certificates.ts';
import { curveKey, rsaKey, type TestKey } from '../support/own-pki/keys.ts';
import { tsaResponse } from '../support/tsa-double.ts';
import { describeWithJudge, missing } from './judges/at-hand.ts';
import { judgeDss } from './judges/dss.ts';
import { runJudge } from './judges/judged-file.ts';
import { judgePyHanko } from './judges/pyhanko.ts';

const CORPUS = join(import.meta.dirname, '../corpus');
const SIGNING_AND_JUDGING = 600_000;
const LEVELS = ['B-B', 'B-T', 'B-LT', 'B-LTA'] as const;

interface Kind {
  readonly name: string;
  readonly key?: 'rsa' | 'p384';
  readonly document?: string;
  readonly password?: string;
  readonly signatures?: number;
  readonly order?: Readonly<Record<string, string | boolean>>;
  readonly levels?: readonly (typeof LEVELS)[number][];
}

const KINDS: readonly Kind[] = [
  // ISO 32000-1 knows no levels: it gets the same protection, and its level stays none.
  { name: 'adbe.pkcs7.detached', order: { adobe: true }, levels: ['B-B', 'B-T', 'B-LT'] },
  { name: 'RSA' },
  { name: 'PSS', order: { pss: true } },
  { name: 'P-384', key: 'p384', order: { digest: 'sha384' } },
  { name: 'SHA-512', order: { digest: 'sha512' } },
  { name: 'certified', order: { certify: true } },
  { name: 'several', signatures: 2 },
  { name: 'encrypted', document: 'enc-aes256-userpw.pdf', password: 'user' },
  { name: 'hybrid', document: 'x-hybrid.pdf' },
  { name: 'PDF/A-2b', document: 'libreoffice-pdfa2b.pdf' },
];
/** Of thirty-nine; coprime with the four levels. */
const SHARE = 9;
const CASES = inShort(
  KINDS.flatMap((kind) => (kind.levels ?? LEVELS).map((level) => ({ kind, level }))),
  SHARE,
);
const named = CASES.map((one) => [one.kind.name, one.level, one] as const);
type Case = (typeof CASES)[number];

let directory: string;
let server: Server;
let anchorPath: string;
const raised = new Map<Case, VerificationReport>();

beforeAll(async () => {
  if (missing('pyHanko')) return;
  directory = await mkdtemp(join(tmpdir(), 'others-'));
  let parties: Record<string, Party> = {};
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const tsa = parties.tsa;
    const issuer = parties[basename(request.url ?? '', '.crl')];
    if (request.url === '/tsa' && tsa)
      response
        .setHeader('content-type', 'application/timestamp-reply')
        .end(tsaResponse(tsa, Buffer.concat(chunks)));
    else if (issuer) response.end(list({ issuer }));
    else response.writeHead(404).end();
  });
  await listenLocally(server);
  const url = urlOf(server);
  const listed = (name: string) => extensions.crlDistributionPoint(`${url}/${name}.crl`);
  const root = certify({ name: 'Live Root', extensions: CA });
  const issuing = certify({ name: 'Live CA', issuer: root, extensions: [...CA, listed('root')] });
  const signerOf = (name: string, key: TestKey): Party =>
    certify({ name, issuer: issuing, key, extensions: [...SIGNER, listed('issuing')] });
  const tsa = certify({
    ...{ name: 'Live TSA', issuer: root, key: rsaKey(3072) },
    extensions: [...TSA, listed('root')],
  });
  parties = { root, issuing, tsa };
  const signers = { rsa: signerOf('Live RSA', rsaKey()), p384: signerOf('Live P-384', curveKey('P-384')) };
  const write = (name: string, content: string): string => {
    const path = join(directory, name);
    writeFileSync(path, content);
    return path;
  };
  anchorPath = write('root.pem', toPem(root.certificate.der));
  const chain = write('chain.pem', toPem(issuing.certificate.der) + toPem(root.certificate.der));
  const orders = CASES.flatMap((one) => {
    const { kind, level } = one;
    const { key = 'rsa', document = 'libreoffice.pdf', password, signatures = 1, order } = kind;
    const signer = signers[key];
    const common = {
      key: write(`${key}.key.pem`, signer.key.pem?.() ?? ''),
      certificate: write(`${key}.pem`, toPem(signer.certificate.der)),
      ...{ chain, roots: anchorPath, tsa: `${url}/tsa`, level, ...order },
      ...(password === undefined ? {} : { password }),
    };
    return Array.from({ length: signatures }, (_, index) => ({
      ...common,
      field: `Theirs${index}`,
      source: index === 0 ? join(CORPUS, document) : pathOf(one, index - 1),
      out: pathOf(one, index),
    }));
  });
  await run(orders.map((order) => `${JSON.stringify(order)}\n`).join(''));
  const anchors = [root.certificate];
  const timestampUrls = [`${url}/tsa`];
  const sources = sourcesFor(anchors, timestampUrls);
  try {
    for (const one of CASES) {
      const { password, signatures = 1 } = one.kind;
      const report = await augmentDocument(pathOf(one, signatures - 1), {
        ...{ level: 'B-LTA', anchors, timestampUrls, sources, deliverTo: join(directory, 'raised') },
        now: () => new Date(),
        ...(password === undefined ? {} : { password }),
      });
      raised.set(one, report);
    }
  } finally {
    await sources.close();
  }
}, SIGNING_AND_JUDGING);
afterAll(async () => {
  if (server) await closeServer(server);
  if (directory) await rm(directory, { recursive: true });
});

const pathOf = ({ kind, level }: Case, index: number): string =>
  join(directory, `${kind.name.replaceAll('/', ' ')} ${level} ${index}.pdf`);

const fileOf = (one: Case) => {
  const path = raised.get(one)?.file ?? expect.unreachable();
  return one.kind.password === undefined ? { path } : { path, password: one.kind.password };
};
const isBaseline = ({ kind }: Case): boolean => kind.order?.adobe !== true;
const files = () => CASES.map(fileOf);

describeWithJudge('pyHanko', 'signed by pyHanko, raised by us', () => {
  it.each(named)('%s at %s: valid, and its level is named truly', (_kind, level, one) => {
    const report = raised.get(one) ?? expect.unreachable();
    const signatures = Array.from({ length: one.kind.signatures ?? 1 }, () => ({
      ...{ verdict: 'valid', level: isBaseline(one) ? 'B-LTA' : 'none' },
    }));
    expect(report).toMatchObject({ verdict: 'valid', signatures, protection: { by: 'timestamp' } });
    expect(report.documentTimestamps.length).toBeGreaterThanOrEqual(level === 'B-LTA' ? 2 : 1);
  });

  it(
    'pyHanko accepts each',
    async () => {
      const verdicts = await judgePyHanko(files(), anchorPath);
      for (const [index, one] of CASES.entries()) {
        const signatures = Array.from({ length: one.kind.signatures ?? 1 }, () => ({
          ...{ accepted: true, trusted: true, permitted: true },
        }));
        expect(verdicts[index], `${one.kind.name} ${one.level}`).toMatchObject({ signatures });
      }
    },
    SIGNING_AND_JUDGING,
  );

  describeWithJudge('DSS', 'DSS', () => {
    it(
      'passes each at its level',
      async () => {
        const verdicts = await judgeDss(files(), anchorPath, { online: true });
        for (const [index, one] of CASES.entries()) {
          const signatures = Array.from({ length: one.kind.signatures ?? 1 }, () => ({
            ...{ indication: 'TOTAL_PASSED', modificationsDetected: false },
            level: isBaseline(one) ? 'PAdES-BASELINE-LTA' : 'PKCS7-LTA',
          }));
          expect(verdicts[index], `${one.kind.name} ${one.level}`).toMatchObject({ signatures });
        }
      },
      SIGNING_AND_JUDGING,
    );
  });
});

/** Meanwhile this process answers for the authorities. */
async function run(orders: string): Promise<void> {
  const { code, output } = await runJudge(
    PYHANKO_PYTHON,
    [join(import.meta.dirname, 'judges/pyhanko/sign.py')],
    orders,
  );
  if (code !== 0) throw new Error(output);
}
