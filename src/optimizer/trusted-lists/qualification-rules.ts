/** Where a list says more of certificates than these say themselves (TS 119 612 §5.5.9.2, Qualifications). */
import type { Certificate } from '../../pki/index.ts';
import { child, children, textOf } from './xml-document.ts';

const ECC = 'http://uri.etsi.org/TrstSvc/SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#';
const XADES = 'http://uri.etsi.org/01903/v1.3.2#';
const EXTRA = 'http://uri.etsi.org/02231/v2/additionaltypes#';

type Criterion = (certificate: Certificate) => boolean;

export interface QualificationRule {
  /** Last parts of the qualifier URIs, such as `QCWithQSCD`. */
  readonly qualifiers: readonly string[];
  readonly applies: Criterion;
}

/** The rules of one extension of a service. */
export function readRules(extension: Element): QualificationRule[] {
  const elements = children(child(extension, ECC, 'Qualifications'), ECC, 'QualificationElement');
  return elements.map((element) => ({
    qualifiers: children(child(element, ECC, 'Qualifiers'), ECC, 'Qualifier').map(
      (one) => one.getAttribute('uri')?.split('/').at(-1) ?? '',
    ),
    applies: readCriteria(child(element, ECC, 'CriteriaList')),
  }));
}

/** What all rules that apply say, each once. */
export const qualifiersFor = (
  rules: readonly QualificationRule[],
  certificate: Certificate,
): ReadonlySet<string> =>
  new Set(rules.filter(({ applies }) => applies(certificate)).flatMap(({ qualifiers }) => qualifiers));

const never: Criterion = () => false;

/** What is not understood applies to no certificate; in a list that only says what is not so, to every one. */
function readCriteria(list: Element | undefined): Criterion {
  if (!list) return never;
  const criteria: Criterion[] = [
    ...children(list, ECC, 'KeyUsage').map(readKeyUsage),
    ...children(list, ECC, 'PolicySet').map(readPolicySet),
    ...children(list, ECC, 'CriteriaList').map(readCriteria),
    ...children(list, ECC, 'otherCriteriaList').flatMap(readOther),
  ];
  switch (list.getAttribute('assert')) {
    case 'all':
      return (certificate) => criteria.every((one) => one(certificate));
    case 'atLeastOne':
      return (certificate) => criteria.some((one) => one(certificate));
    case 'none':
      return (certificate) => !criteria.some((one) => one(certificate));
    default:
      return never;
  }
}

function readKeyUsage(element: Element): Criterion {
  const bits = children(element, ECC, 'KeyUsageBit').map((bit) => {
    const isSet = /^(true|1)$/u.test(textOf(bit));
    const name = USAGES[bit.getAttribute('name') ?? ''] ?? bit.getAttribute('name') ?? '';
    return (certificate: Certificate) => (certificate.keyUsage?.has(name) ?? false) === isSet;
  });
  return (certificate) => bits.every((one) => one(certificate));
}

/** The schema's names of usages, where certificates are read with other ones. */
const USAGES: Readonly<Record<string, string>> = {
  dataEncipherment: 'bit 3',
  keyAgreement: 'bit 4',
  crlSign: 'cRLSign',
  encipherOnly: 'bit 7',
  decipherOnly: 'bit 8',
};

function readPolicySet(element: Element): Criterion {
  const wanted = children(element, ECC, 'PolicyIdentifier').map(identifierIn);
  return (certificate) => wanted.every((policy) => certificate.policies.some((one) => one.policy === policy));
}

function readOther(list: Element): Criterion[] {
  const purposes = children(list, EXTRA, 'ExtendedKeyUsage').map((element): Criterion => {
    const wanted = children(element, EXTRA, 'KeyPurposeId').map(identifierIn);
    return (certificate) =>
      wanted.every((purpose) => certificate.extendedKeyUsage?.includes(purpose) ?? false);
  });
  const attributes = children(list, EXTRA, 'CertSubjectDNAttribute').map((element): Criterion => {
    const wanted = children(element, EXTRA, 'AttributeOID').map(identifierIn);
    return (certificate) => wanted.every((type) => certificate.subject.attributeTypes.includes(type));
  });
  return [...purposes, ...attributes];
}

/** An object identifier, with or without `urn:oid:`. */
const identifierIn = (element: Element): string =>
  textOf(child(element, XADES, 'Identifier')).replace(/^urn:oid:/iu, '');
