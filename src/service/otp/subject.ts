import {
  contentsDigest,
  contentsReference,
  manifestDigest,
  manifestReference,
} from '../../contract/model/manifest-reference.ts';
import type { SendOtp } from '../../contract/service-api/otp.ts';
import type { SignCall } from '../../contract/service-api/sign.ts';

/** What a code is good for: a manifest, or the contents behind one. The two digests never coincide. */
export interface OtpSubject {
  readonly digest: string;
  readonly reference: string;
  readonly documents: number;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export const subjectOf = (call: SendOtp): OtpSubject =>
  'manifest' in call
    ? {
        digest: hex(manifestDigest(call.manifest)),
        reference: manifestReference(call.manifest),
        documents: call.manifest.length,
      }
    : {
        digest: hex(contentsDigest(call.contents)),
        reference: contentsReference(call.contents),
        documents: call.contents.length,
      };

/** Whether a code that was sent for `digest` authorises this call: each entry has its content, in order. */
export function isAuthorisedBy(digest: string, { manifest, contents }: SignCall): boolean {
  if (contents === undefined) return subjectOf({ manifest }).digest === digest;
  return contents.length === manifest.length && subjectOf({ contents }).digest === digest;
}
