/** ASiCManifest (EN 319 162-1 §A.4): which files a signature in META-INF covers. */
import type { DigestName } from '../../pki/index.ts';
import { child, children, parseXml, textOf, textOfXml, UnusableXml } from '../xml/read-xml.ts';

/** The version of the namespace differs among programs; the elements do not. */
const ASIC = /^http:\/\/uri\.etsi\.org\/(?:02918|2918)\/v1\.[0-9.]+#$/u;
const DSIG = 'http://www.w3.org/2000/09/xmldsig#';
const DIGESTS: Readonly<Record<string, DigestName>> = Object.freeze({
  'http://www.w3.org/2001/04/xmlenc#sha256': 'sha256',
  'http://www.w3.org/2001/04/xmldsig-more#sha384': 'sha384',
  'http://www.w3.org/2001/04/xmlenc#sha512': 'sha512',
  'http://www.w3.org/2007/05/xmldsig-more#sha3-256': 'sha3-256',
  'http://www.w3.org/2007/05/xmldsig-more#sha3-384': 'sha3-384',
  'http://www.w3.org/2007/05/xmldsig-more#sha3-512': 'sha3-512',
});

export interface ManifestReference {
  readonly name: string;
  /** Undefined for one that is not checked here. */
  readonly algorithm: DigestName | undefined;
  readonly digest: Buffer;
}

export interface AsicManifest {
  /** The file in the container that signs this manifest. */
  readonly signature: string;
  readonly references: readonly ManifestReference[];
}

/** @throws UnusableXml */
export function readManifest(bytes: Uint8Array): AsicManifest {
  const root = parseXml(textOfXml(bytes));
  const namespace = root.namespaceURI ?? '';
  if (root.localName !== 'ASiCManifest' || !ASIC.test(namespace))
    throw new UnusableXml('it is no ASiCManifest');
  const references = children(root, namespace, 'DataObjectReference').map((element) => ({
    name: nameOf(element),
    algorithm: DIGESTS[child(element, DSIG, 'DigestMethod')?.getAttribute('Algorithm') ?? ''],
    digest: Buffer.from(textOf(child(element, DSIG, 'DigestValue')), 'base64'),
  }));
  return { signature: nameOf(child(root, namespace, 'SigReference')), references };
}

/** A reference is relative to the root of the container (EN 319 162-1 §A.4). */
function nameOf(element: Element | undefined): string {
  const uri = element?.getAttribute('URI') ?? '';
  try {
    return decodeURIComponent(uri).replace(/^\.?\//u, '');
  } catch {
    return uri;
  }
}
