import { fromBase64 } from '../../../contract/model/encoding.ts';
import type { SigningServiceDescription } from '../../../contract/model/signing-service.ts';
import type { ServiceInfo } from '../../../contract/service-api/info.ts';
import type { SignAnswer } from '../../../contract/service-api/sign.ts';
import type { SigningResponse } from '../port.ts';

export const descriptionFrom = ({ sandboxAnchor, ...info }: ServiceInfo): SigningServiceDescription => ({
  name: info.name,
  version: info.version,
  mode: info.mode,
  issuer: info.issuer,
  time: info.time,
  profiles: info.profiles.map(({ id, keyAlgorithm, maxManifestAgeSeconds, chainBytes, timestampBytes }) => ({
    id,
    keyAlgorithm,
    maxManifestAgeSeconds,
    chainBytes,
    timestampBytes,
  })),
  otp: { lifetimeSeconds: info.otp.lifetimeSeconds },
  timestampUrl: info.timestampUrl,
  sendsValidationData: info.sendsValidationData,
  ...(sandboxAnchor === undefined ? {} : { sandboxAnchor }),
});

export const responseFrom = (answer: SignAnswer): SigningResponse => ({
  certificate: fromBase64(answer.certificate),
  chain: answer.chain.map(fromBase64),
  documents: answer.documents.map(({ digest, signedAttributes, signature, timestamp }) => ({
    form: 'parts',
    digest,
    signedAttributes: fromBase64(signedAttributes),
    signature: fromBase64(signature),
    scheme: answer.signatureScheme,
    timestamp: fromBase64(timestamp),
  })),
  validationData: {
    crls: answer.revocation.crls.map(fromBase64),
    ocspResponses: answer.revocation.ocspResponses.map(fromBase64),
  },
});
