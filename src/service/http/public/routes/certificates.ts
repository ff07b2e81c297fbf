import { z } from 'zod';
import { PUBLIC_PATHS } from '../../../ca/public-urls.ts';
import { issuerNamed } from '../issuer-name.ts';
import { practiceStatementPage } from '../practice-statement.ts';
import { publicRoute } from '../public-route.ts';

const params = z.object({ name: z.string() });

/** RFC 2585 §4.2. */
const getCrl = publicRoute({
  method: 'GET',
  path: `${PUBLIC_PATHS.crl}:name.crl`,
  summary: 'Revocation list of an authority, DER',
  tag: 'certificates',
  takes: { params },
  async handle({ status }, { params: { name } }) {
    return { bytes: await status.crl(issuerNamed(name)), mediaType: 'application/pkix-crl' };
  },
});

/** RFC 2585 §4.1 (RFC 5280 §4.2.2.1). */
const getCertificate = publicRoute({
  method: 'GET',
  path: `${PUBLIC_PATHS.certificates}:name.cer`,
  summary: 'Certificate of an authority, DER',
  tag: 'certificates',
  takes: { params },
  async handle({ status }, { params: { name } }) {
    return { bytes: status.certificate(issuerNamed(name)), mediaType: 'application/pkix-cert' };
  },
});

const getPracticeStatement = publicRoute({
  method: 'GET',
  path: PUBLIC_PATHS.cps,
  summary: 'The practice statement that certificates point to',
  tag: 'certificates',
  async handle({ practice }) {
    return { bytes: practiceStatementPage(practice), mediaType: 'text/html; charset=utf-8' };
  },
});

/** What certificates point to. */
export const CERTIFICATE_ROUTES = [getCrl, getCertificate, getPracticeStatement];
