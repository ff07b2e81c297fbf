/** A verification as the validation report of ETSI TS 119 102-2 V1.4.1 (XML, namespace http://uri.etsi.org/19102/v1.4.1#). */
import type { Check, VerificationReport, VerifiedSignature } from '../../../contract/model/verification.ts';
import { xmlElement as element, type Xml } from '../../xml/write-xml.ts';

const NAMESPACES = Object.freeze({
  xmlns: 'http://uri.etsi.org/19102/v1.4.1#',
  'xmlns:ds': 'http://www.w3.org/2000/09/xmldsig#',
  'xmlns:XAdES': 'http://uri.etsi.org/01903/v1.3.2#',
});
const DIGEST_URIS = Object.freeze({
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
  sha384: 'http://www.w3.org/2001/04/xmldsig-more#sha384',
  sha512: 'http://www.w3.org/2001/04/xmlenc#sha512',
  'sha3-256': 'http://www.w3.org/2007/05/xmldsig-more#sha3-256',
  'sha3-384': 'http://www.w3.org/2007/05/xmldsig-more#sha3-384',
  'sha3-512': 'http://www.w3.org/2007/05/xmldsig-more#sha3-512',
});
const ETSI = 'urn:etsi:019102';
/** Our own names, where the standard leaves them to the validator. */
const OWN = 'urn:oneshot:verification';

/** One SignatureValidationReport for each signature; the certificates of the signers are its validation objects. */
export function etsiReport(report: VerificationReport): string {
  const reports = report.signatures.map((signature, index) => signatureReport(report, signature, index));
  const objects = report.signatures.flatMap((signature, index) => certificateObject(signature, index));
  const root = element(
    'ValidationReport',
    [...reports, ...(objects.length > 0 ? [element('SignatureValidationObjects', objects)] : [])],
    NAMESPACES,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

function signatureReport(report: VerificationReport, signature: VerifiedSignature, index: number): Xml {
  return element('SignatureValidationReport', [
    element(
      'SignatureIdentifier',
      [
        signature.signatureValue ? element('ds:SignatureValue', signature.signatureValue) : undefined,
        element('HashOnly', 'false'),
        element('DocHashOnly', 'false'),
      ],
      { id: `S${index + 1}` },
    ),
    element('ValidationConstraintsEvaluationReport', [...signature.checks, ...report.checks].map(constraint)),
    timeInfo(report, signature),
    signature.digest ? signersDocument(signature.digest) : undefined,
    attributes(signature),
    signature.certificate
      ? element('SignerInformation', [
          element('SignerCertificate', [], { VOReference: certificateId(index) }),
          element('Signer', signature.certificate.subject),
        ])
      : undefined,
    element('SignatureValidationProcess', [
      element('SignatureValidationProcessID', `${ETSI}:validationprocess:LTA`),
    ]),
    status(signature),
  ]);
}

const STATUS_OF_CHECK: Readonly<Record<Check['outcome'], string>> = {
  passed: 'passed',
  failed: 'failed',
  undecided: 'indeterminate',
  none: 'passed',
};

/** What was not checked counts as disabled, with a sentence why. */
function constraint({ name, outcome, sentence }: Check): Xml {
  const applied = outcome === 'none' ? 'disabled' : 'applied';
  return element('ValidationConstraint', [
    element('ValidationConstraintIdentifier', `${OWN}:${name}`),
    element('ConstraintStatus', [element('Status', `${ETSI}:constraintStatus:${applied}`)]),
    outcome === 'none'
      ? undefined
      : element('ValidationStatus', [
          element('MainIndication', `${ETSI}:mainindication:${STATUS_OF_CHECK[outcome]}`),
        ]),
    element('Indications', sentence),
  ]);
}

/** Without a time stamp the best that is known is that the signature exists now. */
function timeInfo({ verifiedAt }: VerificationReport, { provenTime }: VerifiedSignature): Xml {
  return element('ValidationTimeInfo', [
    element('ValidationTime', verifiedAt),
    element('BestSignatureTime', [
      element('POETime', provenTime ?? verifiedAt),
      element('TypeOfProof', `${ETSI}:poetype:${provenTime === undefined ? 'validation' : 'provided'}`),
    ]),
  ]);
}

const signersDocument = ({ algorithm, value }: NonNullable<VerifiedSignature['digest']>): Xml =>
  element('SignersDocument', [
    element('DigestAlgAndValue', [
      element('ds:DigestMethod', [], { Algorithm: DIGEST_URIS[algorithm] }),
      element('ds:DigestValue', value),
    ]),
  ]);

function attributes({ subFilter, byteRange, reasonForSigning }: VerifiedSignature): Xml | undefined {
  const found = [
    ...(reasonForSigning === undefined
      ? []
      : [element('Reason', [element('ReasonElement', reasonForSigning)])]),
    ...(subFilter === undefined ? [] : [element('SubFilter', [element('SubFilterElement', subFilter)])]),
    ...(byteRange === undefined ? [] : [element('ByteRange', byteRange.join(' '))]),
  ];
  return found.length === 0 ? undefined : element('SignatureAttributes', found);
}

/** The changes after signing are reported one by one. */
function status({ indication, subIndication, level, field, changes }: VerifiedSignature): Xml {
  const data = [
    typed(`${OWN}:field`, field),
    typed(`${OWN}:level`, level),
    ...changes.map(({ kind, outcome, sentence }) => typed(`${OWN}:change:${kind}:${outcome}`, sentence)),
  ];
  return element('SignatureValidationStatus', [
    element('MainIndication', `${ETSI}:mainindication:${indication.toLowerCase()}`),
    subIndication ? element('SubIndication', `${ETSI}:subindication:${subIndication}`) : undefined,
    element('AssociatedValidationReportData', [element('AdditionalValidationReportData', data)]),
  ]);
}

const typed = (type: string, value: string): Xml =>
  element('ReportData', [element('Type', type), element('Value', value)]);

const certificateId = (index: number): string => `C${index + 1}`;

function certificateObject({ certificate }: VerifiedSignature, index: number): Xml[] {
  if (!certificate) return [];
  return [
    element(
      'ValidationObject',
      [
        element('ObjectType', `${ETSI}:validationObject:certificate`),
        element('ValidationObjectRepresentation', [element('base64', certificate.der)]),
      ],
      { id: certificateId(index) },
    ),
  ];
}
