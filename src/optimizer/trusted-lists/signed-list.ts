/** The signature of a trusted list (TS 119 612 §5.7, annex B): what it covers is all that is ever read. */
import { constants, createHash, type KeyObject, verify } from 'node:crypto';
import { SignedXml } from 'xml-crypto';
import { type Certificate, equalBytes, PkiError, parseCertificate } from '../../pki/index.ts';
import { child, children, parseXml, textOf, textOfXml, UnusableXml } from '../xml/read-xml.ts';

const DS = 'http://www.w3.org/2000/09/xmldsig#';
const ENVELOPED = `${DS}enveloped-signature`;
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const SIGNED_PROPERTIES = 'http://uri.etsi.org/01903#SignedProperties';

const DIGESTS: Readonly<Record<string, string>> = {
  'http://www.w3.org/2001/04/xmlenc#sha256': 'sha256',
  'http://www.w3.org/2001/04/xmldsig-more#sha384': 'sha384',
  'http://www.w3.org/2001/04/xmlenc#sha512': 'sha512',
};

interface Scheme {
  readonly digest: string;
  readonly family: 'rsa' | 'pss' | 'ec';
}

/** RFC 9231 §2.3; SHA-1 is not among them. */
const SCHEMES: Readonly<Record<string, Scheme>> = Object.fromEntries(
  ['256', '384', '512'].flatMap((size) => {
    const digest = `sha${size}`;
    return [
      [`http://www.w3.org/2001/04/xmldsig-more#rsa-sha${size}`, { digest, family: 'rsa' }],
      [`http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha${size}`, { digest, family: 'ec' }],
      [`http://www.w3.org/2007/05/xmldsig-more#sha${size}-rsa-MGF1`, { digest, family: 'pss' }],
    ];
  }),
);

/**
 * Verifies an enveloped signature over a whole document, by a key of one of `allowed`.
 * @returns the canonical bytes that were signed, as text: nothing else of the document may be relied on
 * @throws UnusableXml with what does not hold
 */
export function readSignedList(bytes: Uint8Array, allowed: readonly Certificate[]): string {
  const text = textOfXml(bytes);
  const root = parseXml(text);
  const signatures = children(root, DS, 'Signature');
  const all = root.getElementsByTagNameNS(DS, 'Signature');
  const [signature] = signatures;
  // A second one, or one elsewhere, invites to verify one thing and to read another.
  if (!signature || signatures.length !== 1 || all.length !== 1)
    throw new UnusableXml('the list does not have exactly one signature');
  const index = requireUsualForm(root, signature);
  const signer = signerAmong(signature, allowed);
  if (!isCanonicalBase64(textOf(child(signature, DS, 'SignatureValue'))))
    throw new UnusableXml('the signature of the list cannot be read');
  const { weakness } = signer.keyStrength;
  if (weakness !== undefined) throw new UnusableXml(`its signer has ${weakness}`);
  const checked = new SignedXml({ publicCert: signer.publicKey, getCertFromKeyInfo: () => null });
  restrict(checked);
  try {
    checked.loadSignature(signature);
    if (!checked.checkSignature(text)) throw new UnusableXml('the list is not what was signed');
  } catch (error) {
    if (error instanceof UnusableXml) throw error;
    throw new UnusableXml('the signature of the list does not verify');
  }
  const signed = checked.getSignedReferences()[index];
  if (signed === undefined) throw new UnusableXml('the signature of the list does not verify');
  return signed;
}

/**
 * TS 119 612 annex B.1: one reference to the whole document, enveloped and exclusively canonicalized; beside it at most
 * the signed properties of XAdES, which stand inside the signature.
 * @returns the place of that reference among all
 */
function requireUsualForm(root: Element, signature: Element): number {
  const info = child(signature, DS, 'SignedInfo');
  if (algorithmOf(info, 'CanonicalizationMethod') !== EXCLUSIVE)
    throw new UnusableXml('the list is canonicalized in another way than TS 119 612 says');
  const references = children(info, DS, 'Reference');
  const rootId = root.getAttribute('Id');
  const isWhole = (reference: Element): boolean => {
    const uri = reference.getAttribute('URI') ?? '';
    return uri === '' || (rootId !== null && rootId !== '' && uri === `#${rootId}`);
  };
  const whole = references.filter(isWhole);
  const [one] = whole;
  if (!one || whole.length !== 1) throw new UnusableXml('the signature does not cover the list once');
  const others = references.filter((reference) => reference !== one);
  if (others.some((reference) => reference.getAttribute('Type') !== SIGNED_PROPERTIES) || others.length > 1)
    throw new UnusableXml('the signature covers something beside the list');
  const transforms = children(child(one, DS, 'Transforms'), DS, 'Transform');
  const algorithms = transforms.map((transform) => transform.getAttribute('Algorithm'));
  if (algorithms.length !== 2 || algorithms[0] !== ENVELOPED || algorithms[1] !== EXCLUSIVE)
    throw new UnusableXml('the list is transformed in another way than TS 119 612 says');
  return references.indexOf(one);
}

const algorithmOf = (parent: Element | undefined, name: string): string | null | undefined =>
  child(parent, DS, name)?.getAttribute('Algorithm');

/** The certificate is an allowed one; the list only says which. */
function signerAmong(signature: Element, allowed: readonly Certificate[]): Certificate {
  const data = child(child(signature, DS, 'KeyInfo'), DS, 'X509Data');
  const named = children(data, DS, 'X509Certificate').flatMap(
    (element) => readCertificate(textOf(element)) ?? [],
  );
  for (const one of named) {
    const found = allowed.find((other) => equalBytes(other.der, one.der));
    if (found) return found;
  }
  throw new UnusableXml('the list is signed by somebody who may not');
}

/** Undefined where the base64 holds no certificate that can be read. */
export function readCertificate(base64: string): Certificate | undefined {
  if (!isCanonicalBase64(base64)) return undefined;
  try {
    return parseCertificate(Buffer.from(base64, 'base64'));
  } catch (error) {
    if (error instanceof PkiError) return undefined;
    throw error;
  }
}

/** RFC 4648 §3.5: what is decoded from it is encoded as it stood, but for white space. */
function isCanonicalBase64(text: string): boolean {
  const bare = text.replaceAll(/\s/gu, '');
  return Buffer.from(bare, 'base64').toString('base64') === bare;
}

/** No other algorithm is known to the library than those that are relied on. */
function restrict(checked: SignedXml): void {
  const only = <T>(known: Record<string, T>, names: readonly string[]): Record<string, T> =>
    Object.fromEntries(names.flatMap((name) => (known[name] === undefined ? [] : [[name, known[name]]])));
  checked.CanonicalizationAlgorithms = only(checked.CanonicalizationAlgorithms, [ENVELOPED, EXCLUSIVE]);
  checked.HashAlgorithms = Object.fromEntries(
    Object.entries(DIGESTS).map(([uri, name]) => [
      uri,
      class {
        getAlgorithmName = () => uri;
        getHash = (xml: string) => createHash(name).update(xml, 'utf8').digest('base64');
      },
    ]),
  );
  checked.SignatureAlgorithms = Object.fromEntries(
    Object.entries(SCHEMES).map(([uri, scheme]) => [
      uri,
      class {
        getAlgorithmName = () => uri;
        getSignature = (): string => {
          throw new UnusableXml('nothing is signed here');
        };
        verifySignature = (material: string, key: unknown, value: string): boolean =>
          isSigned(scheme, material, key as KeyObject, Buffer.from(value, 'base64'));
      },
    ]),
  ) as unknown as SignedXml['SignatureAlgorithms'];
}

function isSigned({ digest, family }: Scheme, material: string, key: KeyObject, value: Buffer): boolean {
  if (key.asymmetricKeyType !== (family === 'ec' ? 'ec' : 'rsa')) return false;
  const data = Buffer.from(material, 'utf8');
  if (family === 'ec') return verify(digest, data, { key, dsaEncoding: 'ieee-p1363' }, value);
  if (family === 'rsa') return verify(digest, data, key, value);
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return verify(digest, data, { key, padding, saltLength: constants.RSA_PSS_SALTLEN_AUTO }, value);
}
