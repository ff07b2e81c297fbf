/** The certificate of one signing session (rows CE-01 to CE-12): minutes long, hence without revocation. */
import { commonNameOf, type Identity, surnameOf } from '../../contract/model/identity.ts';
import {
  buildCertificate,
  type Certificate,
  encodeName,
  extensions,
  keyIdentifier,
  OID,
  type SignatureScheme,
} from '../../pki/index.ts';

export interface SingleUsePlan {
  readonly identity: Pick<Identity, 'givenName' | 'surname1' | 'surname2' | 'idDocument'>;
  /** Random identifier of the signer, never a national number (CE-10): printable characters. */
  readonly signerId: string;
  readonly publicKeySpki: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Big-endian, from newSerialNumber. */
  readonly serialNumber: Uint8Array;
  readonly issuer: Certificate;
  readonly issuerScheme: SignatureScheme;
  readonly practiceStatementUrl: string;
  readonly caIssuersUrl: string;
}

/** The policies under which the issuing authority may issue; it was certified for them. */
const policiesOf = (issuer: Certificate): string[] =>
  issuer.policies.map(({ policy }) => policy).filter((policy) => policy !== OID.anyPolicy);

/** DER TBSCertificate, to be linted, stored and only then signed (CE-16). */
export function planSingleUseCertificate(plan: SingleUsePlan): Uint8Array {
  const { identity, issuer } = plan;
  return buildCertificate({
    serialNumber: plan.serialNumber,
    issuer: issuer.subject.der,
    // EN 319 412-2 §4.2.4. No semantics identifier is asserted for the serialNumber.
    subject: encodeName({
      country: identity.idDocument.country,
      // Of a person with one name the one that they have.
      ...(surnameOf(identity) === '' ? {} : { surname: surnameOf(identity) }),
      ...(identity.givenName === undefined ? {} : { givenName: identity.givenName }),
      serialNumber: plan.signerId,
      commonName: commonNameOf(identity),
    }),
    notBefore: plan.notBefore,
    notAfter: plan.notAfter,
    publicKeySpki: plan.publicKeySpki,
    issuerScheme: plan.issuerScheme,
    extensions: [
      extensions.keyUsage('nonRepudiation'),
      extensions.authorityKeyIdentifier(keyIdentifier(issuer.publicKeySpki)),
      extensions.subjectKeyIdentifier(keyIdentifier(plan.publicKeySpki)),
      extensions.certificatePolicies(policiesOf(issuer), plan.practiceStatementUrl),
      extensions.authorityInfoAccess({ caIssuers: [plan.caIssuersUrl] }),
      extensions.nullExtension(OID.valassuredShortTerm),
      extensions.nullExtension(OID.noRevAvail),
    ],
  });
}
