import { OssError } from '../../../contract/errors.ts';
import { fromBase64 } from '../../../contract/model/encoding.ts';
import type { Manifest } from '../../../contract/model/manifest.ts';
import { equalBytes } from '../../../pki/index.ts';
import { readFinishedCms } from '../finished-cms.ts';
import type { SigningResponse } from '../port.ts';

/**
 * The envelopes in the order of the manifest. The server lists its documents in an order of its own; which is which is
 * said by the digest that each signs, and whether that is true is verified afterwards (`checkResponse`).
 * @throws OssError OSS_SERVICE_WRONG_DIGEST where one is missing, OSS_SERVICE_WRONG_SIGNATURE
 */
export function responseOf(envelopes: readonly Uint8Array[], manifest: Manifest): SigningResponse {
  const all = envelopes.map((cms) => ({ cms, ...readFinishedCms(cms) }));
  const documents = manifest.map(({ digest }, index) => {
    const found = all.find(({ messageDigest }) => equalBytes(messageDigest, fromBase64(digest)));
    if (!found) throw new OssError('OSS_SERVICE_WRONG_DIGEST', { document: index });
    return found;
  });
  const [first] = documents;
  if (!first) throw new OssError('OSS_SERVICE_WRONG_DIGEST', { reason: 'no signature' });
  return {
    certificate: first.own,
    chain: first.others,
    documents: documents.map(({ cms }) => ({ form: 'cms', cms })),
    validationData: { crls: [], ocspResponses: [] },
  };
}
