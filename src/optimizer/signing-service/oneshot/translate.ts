import { createHash } from 'node:crypto';
import { fromBase64 } from '../../../contract/model/encoding.ts';
import type { SigningServiceDescription } from '../../../contract/model/signing-service.ts';
import type { ServiceInfo } from '../../../contract/service-api/info.ts';
import type { SignResponse } from '../../../contract/service-api/sign.ts';
import type { SigningResponse } from '../port.ts';

export const descriptionFrom = ({ sandboxAnchor, ...info }: ServiceInfo): SigningServiceDescription => ({
  name: info.name,
  version: info.version,
  mode: info.mode,
  issuer: info.issuer,
  time: info.time,
  profiles: info.profiles.map(
    ({ id, keyAlgorithm, maxManifestAgeSeconds, chainBytes, timestampBytes, channel }) => ({
      id,
      keyAlgorithm,
      maxManifestAgeSeconds,
      chainBytes,
      channel,
      timestampBytes,
    }),
  ),
  otp: { lifetimeSeconds: info.otp.lifetimeSeconds },
  timestampUrl: info.timestampUrl,
  sendsValidationData: info.sendsValidationData,
  ...(sandboxAnchor === undefined ? {} : { sandboxAnchor }),
});

/** @param bytes the response as it came */
export const responseFrom = (response: SignResponse, bytes: Uint8Array): SigningResponse => ({
  sha256: createHash('sha256').update(bytes).digest('base64'),
  certificate: fromBase64(response.certificate),
  chain: response.chain.map(fromBase64),
  documents: response.documents.map(({ digest, signedAttributes, signature, timestamp }) => ({
    form: 'parts',
    digest,
    signedAttributes: fromBase64(signedAttributes),
    signature: fromBase64(signature),
    scheme: response.signatureScheme,
    timestamp: fromBase64(timestamp),
  })),
  validationData: {
    crls: response.revocation.crls.map(fromBase64),
    ocspResponses: response.revocation.ocspResponses.map(fromBase64),
  },
});
