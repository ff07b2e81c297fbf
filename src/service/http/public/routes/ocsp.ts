import { z } from 'zod';
import { PUBLIC_PATHS } from '../../../ca/public-urls.ts';
import { requestOfPath } from '../../../status/ocsp-over-get.ts';
import { issuerNamed } from '../issuer-name.ts';
import { publicRoute } from '../public-route.ts';

const params = z.object({ name: z.string() });
const mediaType = 'application/ocsp-response';

/** RFC 6960 Appendix A.1: the DER request in the body. */
const ocspOverPost = publicRoute({
  method: 'POST',
  path: `${PUBLIC_PATHS.ocsp}:name`,
  summary: 'Status of a certificate, the request in the body',
  tag: 'status',
  takes: { params, body: { bytes: ['application/ocsp-request'] } },
  async handle({ status }, { params: { name }, body }) {
    return { bytes: await status.ocsp(issuerNamed(name), body), mediaType };
  },
});

/** RFC 6960 Appendix A.1: the request in the path; base64 may hold slashes. */
const ocspOverGet = publicRoute({
  method: 'GET',
  path: `${PUBLIC_PATHS.ocsp}:name/*`,
  summary: 'Status of a certificate, the request in the address',
  tag: 'status',
  takes: { params },
  async handle({ status }, { params: { name }, raw }) {
    const encoded = raw.url.slice(`${PUBLIC_PATHS.ocsp}${name}/`.length);
    const der = requestOfPath(encoded) ?? new Uint8Array();
    return { bytes: await status.ocsp(issuerNamed(name), der), mediaType };
  },
});

export const OCSP_ROUTES = [ocspOverPost, ocspOverGet];
