/** PKCS#12 (RFC 7292) as .p12 and .pfx files carry it: one private key, its certificate, those above it. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import forge from 'node-forge';
import { OssError } from '../../contract/errors.ts';
import { toPem } from '../../pki/index.ts';

export interface KeyFile {
  /** PKCS#8 PEM. A secret. */
  readonly key: string;
  /** PEM: the certificate of the key first, then those above it. */
  readonly certificates: string;
  readonly certificate: X509Certificate;
}

export const MAX_KEY_FILE_BYTES = 256 * 1024;
/** Deriving the MAC key is pure JavaScript and blocks: a file that asks for more work than any program writes is refused. */
const MAX_ITERATIONS = 1_000_000;

/** Purpose "TLS client" (RFC 5280 §4.2.1.12), and any purpose. */
const CLIENT_PURPOSES = ['1.3.6.1.5.5.7.3.2', '2.5.29.37.0'];

/**
 * @throws OssError OSS_CERTIFICATE_FILE_PASSWORD, OSS_CERTIFICATE_FILE_INVALID, OSS_CERTIFICATE_FILE_NO_KEY,
 *   OSS_CERTIFICATE_FILE_EXPIRED (details: notBefore, notAfter)
 */
export function readKeyFile(bytes: Uint8Array, password: string, now: Date): KeyFile {
  const bags = open(bytes, password).safeContents.flatMap(({ safeBags }) => safeBags);
  const certificates = bags.filter(({ type }) => type === forge.pki.oids.certBag).map(certificateOf);
  const keys = bags
    .filter(({ type }) => type === forge.pki.oids.keyBag || type === forge.pki.oids.pkcs8ShroudedKeyBag)
    .map(keyOf);
  for (const key of keys) {
    const certificate = certificates.find((candidate) => candidate.checkPrivateKey(key));
    if (!certificate) continue;
    requireUsable(certificate, now);
    const path = pathFrom(certificate, certificates);
    return {
      key: key.export({ format: 'pem', type: 'pkcs8' }).toString(),
      certificates: path.map(({ raw }) => toPem(raw)).join(''),
      certificate,
    };
  }
  throw new OssError('OSS_CERTIFICATE_FILE_NO_KEY');
}

function open(bytes: Uint8Array, password: string): forge.pkcs12.Pkcs12Pfx {
  if (bytes.length > MAX_KEY_FILE_BYTES) throw invalid('too large');
  try {
    return parse(bytes, password);
  } catch (error) {
    if (error instanceof OssError) throw error;
    if (/[^\x20-\x7e]/.test(password) && !isMacFailure(error)) return openWithUtf8(bytes, password);
    throw isMacFailure(error) || isDecryptionFailure(error)
      ? new OssError('OSS_CERTIFICATE_FILE_PASSWORD', {}, { cause: error })
      : invalid('not PKCS#12', error);
  }
}

/**
 * The MAC takes the password as BMPString (RFC 7292 §B.1), PBES2 as UTF-8 (RFC 8018 §3); the library hands the
 * same characters to both. The MAC was right when this is reached: once more without it, for the ciphers.
 */
function openWithUtf8(bytes: Uint8Array, password: string): forge.pkcs12.Pkcs12Pfx {
  try {
    return parse(bytes, Buffer.from(password, 'utf8').toString('latin1'), { withoutMac: true });
  } catch (cause) {
    throw isDecryptionFailure(cause)
      ? new OssError('OSS_CERTIFICATE_FILE_PASSWORD', {}, { cause })
      : invalid('not PKCS#12', cause);
  }
}

function parse(bytes: Uint8Array, password: string, { withoutMac = false } = {}): forge.pkcs12.Pkcs12Pfx {
  const outer = forge.asn1.fromDer(Buffer.from(bytes).toString('latin1'), false);
  if (!Array.isArray(outer.value)) throw invalid('not PKCS#12');
  requireBoundedWork(outer.value[2]);
  if (withoutMac) outer.value = outer.value.slice(0, 2) as forge.asn1.Asn1[];
  return forge.pkcs12.pkcs12FromAsn1(outer, false, password);
}

/** MacData ::= SEQUENCE { mac, macSalt, iterations INTEGER DEFAULT 1 } (RFC 7292 §4). */
function requireBoundedWork(macData: unknown): void {
  if (macData === undefined) return;
  const { value } = macData as forge.asn1.Asn1;
  const iterations = Array.isArray(value) ? value[2] : undefined;
  if (iterations === undefined) return;
  const hex = Buffer.from(String((iterations as forge.asn1.Asn1).value), 'latin1').toString('hex');
  if (Number.parseInt(hex, 16) > MAX_ITERATIONS) throw invalid('it asks for too much work');
}

// The library throws plain errors: their texts are all that tells them apart (node-forge 1.4.3, pkcs12.js).
const isMacFailure = (error: unknown): boolean => String(error).includes('MAC could not be verified');
const isDecryptionFailure = (error: unknown): boolean =>
  /Failed to decrypt|Unable to decrypt|Too few bytes|Unparsed DER/.test(String(error));

const derOf = (node: forge.asn1.Asn1): Buffer => Buffer.from(forge.asn1.toDer(node).getBytes(), 'latin1');

/** What the library does not know itself (elliptic curves) it leaves as it was. */
function certificateOf({ cert, asn1 }: forge.pkcs12.Bag): X509Certificate {
  return new X509Certificate(derOf(cert ? forge.pki.certificateToAsn1(cert) : asn1));
}

function keyOf({ key, asn1 }: forge.pkcs12.Bag) {
  const info = key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(key)) : asn1;
  try {
    return createPrivateKey({ key: derOf(info), format: 'der', type: 'pkcs8' });
  } catch (cause) {
    throw invalid('a key of an unknown kind', cause);
  }
}

function requireUsable(certificate: X509Certificate, now: Date): void {
  const [notBefore, notAfter] = [new Date(certificate.validFrom), new Date(certificate.validTo)];
  if (now < notBefore || now > notAfter) {
    throw new OssError('OSS_CERTIFICATE_FILE_EXPIRED', {
      notBefore: notBefore.toISOString(),
      notAfter: notAfter.toISOString(),
    });
  }
  // Node names the extended key usage `keyUsage`; undefined: no restriction.
  const purposes: readonly string[] | undefined = certificate.keyUsage;
  if (purposes && !purposes.some((purpose) => CLIENT_PURPOSES.includes(purpose))) {
    throw invalid('its certificate is not for TLS clients');
  }
}

/** Up to the root, which servers have themselves. */
function pathFrom(certificate: X509Certificate, pool: readonly X509Certificate[]): X509Certificate[] {
  const path = [certificate];
  for (let last = certificate; path.length <= pool.length; ) {
    const issuer = pool.find((other) => !path.includes(other) && last.checkIssued(other));
    if (!issuer || issuer.checkIssued(issuer)) break;
    path.push(issuer);
    last = issuer;
  }
  return path;
}

const invalid = (reason: string, cause?: unknown): OssError =>
  new OssError('OSS_CERTIFICATE_FILE_INVALID', { reason }, { cause });
