/** Signs a PDF with an invented PKI, wherever a test wants it to be wrong. */
import { createHash } from 'node:crypto';
import { memorySource, openPdf, planValidationData, type ValidationData } from '../../../src/pdf/index.ts';
import { encodeAttribute } from '../../../src/pki/cms/attributes.ts';
import { encodeSigningCertificateV2 } from '../../../src/pki/cms/signing-certificate.ts';
import {
  generalizedTime,
  integer,
  octetString,
  oid,
  retag,
  sequence,
  setOf,
  tagged,
} from '../../../src/pki/der/writer.ts';
import { type Extension, OID } from '../../../src/pki/index.ts';
import { CATALOG_REST, contract, PAGE, PART } from '../../conformance/attacks/contract.ts';
import { withHole } from '../../conformance/attacks/sign-by-hand.ts';
import { CA, certify, type Party, SIGNER, TSA } from './certificates.ts';
import type { TestKey } from './keys.ts';

export interface OwnPki {
  readonly root: Party;
  readonly issuing: Party;
  readonly signer: Party;
  readonly tsa: Party;
}

export interface OwnKeys {
  readonly root?: TestKey;
  readonly issuing?: TestKey;
  readonly signer?: TestKey;
  readonly tsa?: TestKey;
  readonly issuingExtensions?: readonly Extension[];
  readonly signerExtensions?: readonly Extension[];
}

/** Root, authority and signer, and a time-stamp unit below the root. `above`: the root of all. */
export function ownPki(keys: OwnKeys = {}, above?: Party): OwnPki {
  const keyOf = (name: 'root' | 'issuing' | 'signer' | 'tsa') => (keys[name] ? { key: keys[name] } : {});
  const root = above ?? certify({ name: 'Own Root', ...keyOf('root') });
  const issuing = certify({
    name: 'Own CA',
    issuer: root,
    extensions: [...CA, ...(keys.issuingExtensions ?? [])],
    ...keyOf('issuing'),
  });
  const signer = certify({
    name: 'Own Signer',
    issuer: issuing,
    extensions: [...SIGNER, ...(keys.signerExtensions ?? [])],
    ...keyOf('signer'),
  });
  const tsa = certify({ name: 'Own TSA', issuer: root, extensions: TSA, ...keyOf('tsa') });
  return { root, issuing, signer, tsa };
}

export interface SigningOptions {
  /** In the place of the contract: a file with the same objects, and its page. */
  readonly document?: { readonly file: Buffer; readonly page: string };
  /** /M; default: now. */
  readonly claimed?: Date;
  /** Times of the time stamps; default: one of now. */
  readonly stamped?: readonly Date[];
  /** Type of the signed content-type attribute. */
  readonly contentType?: string;
  readonly withoutEss?: boolean;
  readonly withoutCertificates?: boolean;
  readonly furtherCertificates?: readonly Uint8Array[];
  /** Signed attributes in the order in which they come. */
  readonly unsorted?: boolean;
  /** Further members of the signed attributes. */
  readonly signedAttributes?: readonly Uint8Array[];
  readonly leaveOut?: string;
  readonly dss?: ValidationData;
}

const SIGNATURE = PART.free;
const FIELD = PART.free + 1;

export async function signPdf(pki: OwnPki, options: SigningOptions = {}): Promise<Buffer> {
  const claimed = options.claimed ?? new Date();
  const { file, valueAt, covered } = withHole(options.document?.file ?? contract(), SIGNATURE, claimed, {
    objects: registered(options.document?.page ?? PAGE),
  });
  const hash = createHash('sha256');
  for (const [start, end] of covered) hash.update(file.subarray(start, end));
  const cms = cmsOf(pki, hash.digest(), options);
  const signed = Buffer.from(file);
  signed.write(Buffer.from(cms).toString('hex'), valueAt, 'latin1');
  return options.dss ? withStore(signed, options.dss) : signed;
}

/** The field of the signature, known to form and page. */
const registered = (page: string) => ({
  [PART.catalog]: `<</Type /Catalog ${CATALOG_REST} /AcroForm 9 0 R>>`,
  [PART.page]: page.replace('15 0 R]', `15 0 R ${FIELD} 0 R]`),
  [PART.form]: `<</Fields [14 0 R 15 0 R ${FIELD} 0 R] /SigFlags 3 /DR <</Font <</Helv 16 0 R>>>> /DA (/Helv 12 Tf 0 g)>>`,
  [FIELD]: `<</Type /Annot /Subtype /Widget /FT /Sig /T (Own) /F 132 /Rect [0 0 0 0] /P 3 0 R /V ${SIGNATURE} 0 R>>`,
});

async function withStore(signed: Buffer, dss: ValidationData): Promise<Buffer> {
  const update = await planValidationData(await openPdf(memorySource(signed)), dss);
  return update ? Buffer.concat([signed, update.appended]) : signed;
}

function cmsOf({ issuing, signer, tsa }: OwnPki, digest: Uint8Array, options: SigningOptions): Uint8Array {
  const attributes = [
    encodeAttribute(OID.contentType, oid(options.contentType ?? OID.data)),
    encodeAttribute(OID.messageDigest, octetString(digest)),
    ...(options.withoutEss
      ? []
      : [encodeAttribute(OID.signingCertificateV2, encodeSigningCertificateV2(signer.certificate.der))]),
    ...(options.signedAttributes ?? []),
  ].filter(
    (one) => options.leaveOut === undefined || !Buffer.from(one).includes(Buffer.from(oid(options.leaveOut))),
  );
  const signedAttributes = options.unsorted
    ? retag(0x31, sequence(...attributes.reverse()))
    : setOf(...attributes);
  const signature = signer.key.sign(signedAttributes);
  const tokens = (options.stamped ?? [new Date()]).map((time) =>
    encodeAttribute(OID.signatureTimeStamp, tokenOf(tsa, signature, time)),
  );
  return signedData({
    party: signer,
    signedAttributes,
    signature,
    encapsulated: sequence(oid(OID.data)),
    certificates: options.withoutCertificates
      ? []
      : [signer.certificate.der, issuing.certificate.der, ...(options.furtherCertificates ?? [])],
    unsigned: tokens,
  });
}

/** DER TimeStampToken over the value. */
export function tokenOf(tsa: Party, stamped: Uint8Array, time: Date): Uint8Array {
  const info = sequence(
    integer(1),
    oid('1.3.6.1.4.1.32473.1'),
    sequence(sequence(oid(OID.sha256)), octetString(createHash('sha256').update(stamped).digest())),
    integer(BigInt(time.getTime())),
    generalizedTime(time),
  );
  const signedAttributes = setOf(
    encodeAttribute(OID.contentType, oid(OID.tstInfo)),
    encodeAttribute(OID.messageDigest, octetString(createHash('sha256').update(info).digest())),
    encodeAttribute(OID.signingCertificateV2, encodeSigningCertificateV2(tsa.certificate.der)),
  );
  return signedData({
    party: tsa,
    signedAttributes,
    signature: tsa.key.sign(signedAttributes),
    encapsulated: sequence(oid(OID.tstInfo), tagged(0, octetString(info))),
    certificates: [tsa.certificate.der],
    unsigned: [],
  });
}

function signedData(parts: {
  readonly party: Party;
  readonly signedAttributes: Uint8Array;
  readonly signature: Uint8Array;
  readonly encapsulated: Uint8Array;
  readonly certificates: readonly Uint8Array[];
  readonly unsigned: readonly Uint8Array[];
}): Uint8Array {
  const { certificate, key } = parts.party;
  const sha256 = sequence(oid(OID.sha256));
  const signerInfo = sequence(
    integer(1),
    sequence(certificate.issuer.der, integer(certificate.fields.serialNumber)),
    sha256,
    retag(0xa0, parts.signedAttributes),
    key.identifier,
    octetString(parts.signature),
    ...(parts.unsigned.length === 0 ? [] : [retag(0xa1, setOf(...parts.unsigned))]),
  );
  return sequence(
    oid(OID.signedData),
    tagged(
      0,
      sequence(
        integer(3),
        setOf(sha256),
        parts.encapsulated,
        ...(parts.certificates.length === 0 ? [] : [tagged(0, ...parts.certificates)]),
        setOf(signerInfo),
      ),
    ),
  );
}
