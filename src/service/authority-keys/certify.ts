import { z } from 'zod';
import { OssError } from '../../contract/errors.ts';
import {
  buildCrl,
  type Certificate,
  type CertificationRequest,
  PkiError,
  parseCertificationRequest,
  parseCrl,
} from '../../pki/index.ts';
import { authorityDirectory } from '../authorities.ts';
import { type AuthorityName, ISSUER_OF } from '../ca/authority.ts';
import { certifyAuthority } from '../ca/issue-authority.ts';
import { practiceStatementUrl } from '../ca/public-urls.ts';
import { loadRevocations } from '../ca/revocations.ts';
import { type Custody, readHoldings, refuse } from './custody.ts';
import { generationSchema, namingOf } from './generate.ts';

export const certificationSchema = generationSchema
  .pick({ organization: true, country: true, policy: true, timestampPolicy: true })
  .required({ country: true, policy: true, timestampPolicy: true });

/**
 * What a root whose machine knows no network does with a request: the certificate of that role, by our own profile.
 * What the request asks for is not taken over; its key is, and its signature proves that somebody has it.
 * @param request PEM
 * @throws OssError OSS_CONFIG_INVALID
 */
export async function certifyRequest(
  custody: Custody,
  role: Exclude<AuthorityName, 'root'>,
  request: string,
  order: unknown,
): Promise<Certificate> {
  const parsed = certificationSchema.safeParse(order);
  if (!parsed.success) {
    refuse(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
  }
  const { publicUrl, cpsUri } = custody.config;
  if (publicUrl === undefined || !parsed.success) {
    throw invalid('publicUrl: certificates carry it, so the configuration must name it');
  }
  const issuer = (await readHoldings(custody)).get(ISSUER_OF[role]);
  if (issuer?.certificate === undefined || issuer.signer === undefined) {
    throw invalid(`${role}: key and certificate of ${ISSUER_OF[role]} are needed here`);
  }
  const { policy, timestampPolicy } = parsed.data;
  const { publicKeySpki } = readRequest(request);
  const certificate = await certifyAuthority(role, publicKeySpki, issuer.signer, issuer.certificate, {
    naming: namingOf(parsed.data, { singleUse: policy, timestamp: timestampPolicy }),
    publicUrl,
    practiceStatementUrl: cpsUri ?? practiceStatementUrl(publicUrl),
    clock: custody.clock,
    randomBytes: custody.randomBytes,
  });
  await custody.directory.keepIssued(role, certificate);
  return certificate;
}

function readRequest(pem: string): CertificationRequest {
  const body = /-----BEGIN CERTIFICATE REQUEST-----([\s\S]*?)-----END CERTIFICATE REQUEST-----/.exec(
    pem,
  )?.[1];
  if (body === undefined) throw invalid('request: no PKCS#10 in PEM');
  try {
    return parseCertificationRequest(Buffer.from(body, 'base64'));
  } catch (error) {
    if (error instanceof PkiError) throw invalid(`request: ${error.message}`);
    throw error;
  }
}

const MAX_DAYS = 400;
const daysSchema = z.number().int().min(1).max(MAX_DAYS);

/**
 * The next revocation list of a root whose key is here, for the service whose root is elsewhere: every certificate in
 * `revocations.json` of its data directory. Its number is the time, so that it grows without anything being kept.
 * @throws OssError OSS_CONFIG_INVALID
 */
export async function makeRootCrl(custody: Custody, days: number): Promise<Uint8Array> {
  if (!daysSchema.safeParse(days).success) throw invalid(`days: 1 to ${MAX_DAYS}`);
  const { certificate, signer } = (await readHoldings(custody)).get('root') ?? {};
  if (certificate === undefined || signer === undefined)
    throw invalid('key and certificate of root are needed here');
  const now = custody.clock();
  const { root } = await loadRevocations(authorityDirectory(custody.config));
  const crl = await buildCrl(
    {
      issuer: certificate,
      number: BigInt(now.getTime()),
      thisUpdate: now,
      nextUpdate: new Date(now.getTime() + days * 24 * 60 * 60_000),
      revoked: root,
    },
    signer,
  );
  return crl;
}

/**
 * Takes the list that came from the offline root; a running service publishes it within minutes.
 * @throws OssError OSS_CONFIG_INVALID when it is of somebody else, has ended, or is older than the one that is here
 */
export async function importRootCrl(
  custody: Custody,
  der: Uint8Array,
): Promise<{ readonly nextUpdate: Date }> {
  const root = await custody.directory.read('root');
  if (root === undefined) throw invalid('root.pem is missing: import the root first');
  const crl = readCrl(der);
  const present = await custody.directory.readOfflineRootCrl();
  const former = present && readCrl(present);
  const { nextUpdate } = crl;
  if (!crl.isSignedBy(root)) throw invalid('crl: it is not signed by root.pem');
  if (crl.isDelta) throw invalid('crl: only changes; a complete list is needed');
  if (nextUpdate === undefined || nextUpdate < custody.clock()) throw invalid('crl: it has ended');
  // RFC 5280 §5.2.3: a later list has a greater number.
  if (former?.number !== undefined && (crl.number ?? -1n) <= former.number) {
    throw invalid('crl: the one that is here is as new or newer');
  }
  await custody.directory.replaceOfflineRootCrl(der);
  return { nextUpdate };
}

function readCrl(der: Uint8Array) {
  try {
    return parseCrl(der);
  } catch (error) {
    if (error instanceof PkiError) throw invalid(`crl: ${error.message}`);
    throw error;
  }
}

const invalid = (reason: string): OssError => new OssError('OSS_CONFIG_INVALID', { reason });
