import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, fetch } from 'undici';
import type { IdentityInput } from '../../../src/contract/model/identity.ts';
import type { SignResponse } from '../../../src/contract/service-api/sign.ts';
import {
  buildOcspRequest,
  buildTimestampRequest,
  type Certificate,
  certificatesFromPem,
  parseTimestampResponse,
} from '../../../src/pki/index.ts';
import { SANDBOX_OFFICER, type SmsGateway, startSignatureService } from '../../../src/service/index.ts';
import { ceremonyIn, OFFICER } from '../../integration/ceremony.ts';
import { newIdentity, newManifest } from '../../integration/service-client.ts';

/** What a service gives out, as DER. */
export interface Issued {
  readonly kind: 'certificate' | 'crl' | 'ocsp' | 'timestamp';
  /** `signer`, or the role of the authority: whose certificate, whose list, about whom a response is. */
  readonly of: string;
  readonly der: Uint8Array;
}

/** The same for both, and of a kind that a linter takes for public. */
const PUBLIC_URL = 'http://pki.example.com';
const ROLES = ['root', 'issuing', 'tsa', 'ocsp-root', 'ocsp-issuing'] as const;
const ISSUER: Readonly<Record<string, 'root' | 'issuing'>> = { 'ocsp-issuing': 'issuing' };

/** Whatever a name may look like: of people with one name, in other alphabets, as long as it may be. */
const SIGNERS: readonly [profile: string, Partial<IdentityInput>][] = [
  ['single-use-p256', {}],
  ['single-use-rsa2048', { givenName: 'Maria', surname1: 'Soler', surname2: '' }],
  ['single-use-p256', { givenName: 'Sukarno', surname1: '', surname2: '' }],
  ['single-use-p256', { givenName: '', surname1: 'Σωκράτης', surname2: '' }],
  [
    'single-use-p256',
    { givenName: 'Ana '.repeat(12).trim(), surname1: 'De La Vega Y Puig', surname2: 'Roca' },
  ],
];

/** An authority that was revoked before: lists and responses with an entry. */
const REVOKED = {
  ...{ issuer: 'root', serialNumber: '5a3c01f2b7d94e60', revokedAt: '2026-01-31T10:00:00Z' },
  reason: 'superseded',
};

/** Of a sandbox as it starts by itself. */
export async function issuedBySandbox(): Promise<Issued[]> {
  const folder = await mkdtemp(join(tmpdir(), 'issued-'));
  await revoke(folder);
  try {
    const config = { mode: 'sandbox', dataDirectory: folder, logLevel: 'silent', publicUrl: PUBLIC_URL };
    return await collect(config, folder, SANDBOX_OFFICER);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Of a bank whose root no network reaches (docs/operations.md, "Ceremony"). */
export async function issuedAfterCeremony(): Promise<Issued[]> {
  const folder = await mkdtemp(join(tmpdir(), 'issued-'));
  try {
    const bank = await ceremonyIn(folder);
    await revoke(bank.file('vault', 'data'));
    await bank.firstDay();
    const config = bank.serviceConfig();
    const [ca, cert, key] = await Promise.all(
      ['ca.pem', 'client.pem', 'client.key'].map((name) => readFile(bank.file(name))),
    );
    const agent = new Agent({ connect: { ca, cert, key } });
    const officer = { ...OFFICER, registrationAuthority: '1000' };
    return await collect(config, config.dataDirectory, officer, agent);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function revoke(dataDirectory: string): Promise<void> {
  await mkdir(join(dataDirectory, 'authorities'), { recursive: true });
  await writeFile(join(dataDirectory, 'authorities', 'revocations.json'), JSON.stringify([REVOKED]));
}

interface OfficerAtDesk {
  readonly username: string;
  readonly password: string;
  readonly pin: string;
  readonly registrationAuthority: string;
}

async function collect(
  config: object,
  dataDirectory: string,
  officer: OfficerAtDesk,
  dispatcher?: Agent,
): Promise<Issued[]> {
  const codes = new Map<string, string>();
  const sms: SmsGateway = {
    name: 'desk',
    sandboxOnly: false,
    async send({ requestId, text }) {
      codes.set(requestId, /(\d+)$/.exec(text)?.[1] ?? '');
      return { reference: requestId };
    },
  };
  const service = await startSignatureService(config, { sms });
  try {
    const ports = JSON.parse(await readFile(join(dataDirectory, 'ports.json'), 'utf8')) as { public: number };
    const desk = deskOf(service.ready.apiUrl, officer, codes, dispatcher);
    const certificates = await authorityCertificates(dataDirectory);
    return [
      ...Object.entries(certificates).map(([of, { der }]) => ({ kind: 'certificate' as const, of, der })),
      ...(await publicDocuments(`http://127.0.0.1:${ports.public}`, certificates)),
      ...(await desk.signatures()),
    ];
  } finally {
    await service.close();
    await dispatcher?.close();
  }
}

async function authorityCertificates(dataDirectory: string): Promise<Record<string, Certificate>> {
  const found: Record<string, Certificate> = {};
  for (const role of ROLES) {
    const [certificate] = certificatesFromPem(
      await readFile(join(dataDirectory, 'authorities', `${role}.pem`), 'utf8'),
    );
    found[role] = certificate as Certificate;
  }
  return found;
}

/** What anyone may fetch: lists, responses with and without a nonce, a time stamp. */
async function publicDocuments(
  address: string,
  certificates: Readonly<Record<string, Certificate>>,
): Promise<Issued[]> {
  const post = async (path: string, type: string, body: Uint8Array): Promise<Uint8Array> =>
    new Uint8Array(
      await (
        await fetch(`${address}${path}`, { method: 'POST', headers: { 'content-type': type }, body })
      ).arrayBuffer(),
    );
  const issued: Issued[] = [];
  for (const of of ['root', 'issuing'] as const) {
    const der = new Uint8Array(await (await fetch(`${address}/crl/${of}.crl`)).arrayBuffer());
    issued.push({ kind: 'crl', of, der });
  }
  for (const of of ['issuing', 'tsa', 'ocsp-root', 'ocsp-issuing']) {
    const issuer = ISSUER[of] ?? 'root';
    for (const nonce of [undefined, randomBytes(32)]) {
      const [about, by] = [certificates[of], certificates[issuer]] as [Certificate, Certificate];
      const request = buildOcspRequest(about, by, nonce);
      issued.push({
        ...{ kind: 'ocsp', of },
        der: await post(`/ocsp/${issuer}`, 'application/ocsp-request', request),
      });
    }
  }
  const request = buildTimestampRequest({ digest: randomBytes(32), certReq: true });
  const response = await post('/tsa', 'application/timestamp-query', request);
  issued.push({ kind: 'timestamp', of: 'tsa', der: parseTimestampResponse(response) });
  return issued;
}

/** Signs for each of the signers, through the API. */
const deskOf = (
  apiUrl: string,
  { username, password, pin, registrationAuthority }: OfficerAtDesk,
  codes: ReadonlyMap<string, string>,
  dispatcher?: Agent,
) => {
  const post = async <T>(path: string, body: object, headers: Record<string, string> = {}): Promise<T> => {
    const response = await fetch(`${apiUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      ...(dispatcher === undefined ? {} : { dispatcher }),
    });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return (await response.json()) as T;
  };
  return {
    async signatures(): Promise<Issued[]> {
      const { token } = await post<{ token: string }>('/v1/tokens', { username, password });
      const authorization = `Bearer ${token}`;
      const issued: Issued[] = [];
      for (const [profile, change] of SIGNERS) {
        const call = { identity: newIdentity(change), registrationAuthority, profile, pin };
        const { id } = await post<{ id: string }>('/v1/requests', call, { authorization });
        const manifest = newManifest(1);
        await post(`/v1/requests/${id}/otp`, { manifest }, { authorization });
        const { certificate, documents, revocation } = await post<SignResponse>(
          `/v1/requests/${id}/sign`,
          { authorisation: { type: 'otp', code: codes.get(id) }, manifest },
          { authorization, 'idempotency-key': randomUUID() },
        );
        const add = (kind: Issued['kind'], of: string, base64: string) =>
          issued.push({ kind, of, der: Buffer.from(base64, 'base64') });
        add('certificate', 'signer', certificate);
        for (const { timestamp } of documents) add('timestamp', 'tsa', timestamp);
        for (const crl of revocation.crls) add('crl', 'signature', crl);
        for (const response of revocation.ocspResponses) add('ocsp', 'signature', response);
      }
      return issued;
    },
  };
};
