/** Where a list says more of certificates than these say themselves (TS 119 612 §5.5.9.2, Qualifications). */
import type { Certificate } from '../../pki/index.ts';
import { child, children, textOf } from '../xml/read-xml.ts';

const ECC = 'http://uri.etsi.org/TrstSvc/SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#';
const XADES = 'http://uri.etsi.org/01903/v1.3.2#';
const EXTRA = 'http://uri.etsi.org/02231/v2/additionaltypes#';

type Criterion = (certificate: Certificate) => boolean;

/** Stands for every qualifier of a rule whose criteria say something that is not understood here. */
const UNKNOWN = 'unknown';

export interface QualificationRule {
  /**
   * Last parts of the qualifier URIs, such as `QCWithQSCD`; `unknown` where nobody can say which certificates are
   * meant.
   */
  readonly qualifiers: readonly string[];
  readonly applies: Criterion;
}

/** The rules of one extension of a service. */
export function readRules(extension: Element): QualificationRule[] {
  const elements = children(child(extension, ECC, 'Qualifications'), ECC, 'QualificationElement');
  return elements.map((element) => {
    const applies = readCriteria(child(element, ECC, 'CriteriaList'));
    if (applies === undefined) return { qualifiers: [UNKNOWN], applies: () => true };
    const qualifiers = children(child(element, ECC, 'Qualifiers'), ECC, 'Qualifier');
    return {
      qualifiers: qualifiers.map((one) => one.getAttribute('uri')?.split('/').at(-1) ?? ''),
      applies,
    };
  });
}

/** What all rules that apply say, each once. */
export const qualifiersFor = (
  rules: readonly QualificationRule[],
  certificate: Certificate,
): ReadonlySet<string> =>
  new Set(rules.filter(({ applies }) => applies(certificate)).flatMap(({ qualifiers }) => qualifiers));

/**
 * Undefined where anything in it is not understood: left out, it would make the rule mean more certificates, or fewer.
 */
function readCriteria(list: Element | undefined): Criterion | undefined {
  if (!list || !hasOnly(list, ['KeyUsage', 'PolicySet', 'CriteriaList', 'Description', 'otherCriteriaList']))
    return undefined;
  const criteria: (Criterion | undefined)[] = [
    ...children(list, ECC, 'KeyUsage').map(readKeyUsage),
    ...children(list, ECC, 'PolicySet').map(readPolicySet),
    ...children(list, ECC, 'CriteriaList').map(readCriteria),
    ...children(list, ECC, 'otherCriteriaList').flatMap(readOther),
  ];
  const known = criteria.filter((one) => one !== undefined);
  if (known.length < criteria.length || known.length === 0) return undefined;
  switch (list.getAttribute('assert')) {
    case 'all':
      return (certificate) => known.every((one) => one(certificate));
    case 'atLeastOne':
      return (certificate) => known.some((one) => one(certificate));
    case 'none':
      return (certificate) => !known.some((one) => one(certificate));
    default:
      return undefined;
  }
}

/** Whether all elements in it are of these names. */
function hasOnly(parent: Element, names: readonly string[]): boolean {
  for (let node = parent.firstChild; node; node = node.nextSibling) {
    if (node.nodeType === 1 && !names.includes((node as Element).localName)) return false;
  }
  return true;
}

function readKeyUsage(element: Element): Criterion | undefined {
  const bits = children(element, ECC, 'KeyUsageBit').map((bit) => {
    const isSet = /^(true|1)$/u.test(textOf(bit));
    const name = USAGES[bit.getAttribute('name') ?? ''] ?? bit.getAttribute('name') ?? '';
    return (certificate: Certificate) => (certificate.keyUsage?.has(name) ?? false) === isSet;
  });
  return bits.length === 0 ? undefined : (certificate) => bits.every((one) => one(certificate));
}

/** The schema's names of usages, where certificates are read with other ones. */
const USAGES: Readonly<Record<string, string>> = {
  dataEncipherment: 'bit 3',
  keyAgreement: 'bit 4',
  crlSign: 'cRLSign',
  encipherOnly: 'bit 7',
  decipherOnly: 'bit 8',
};

function readPolicySet(element: Element): Criterion | undefined {
  const wanted = children(element, ECC, 'PolicyIdentifier').map(identifierIn);
  if (wanted.length === 0) return undefined;
  return (certificate) => wanted.every((policy) => certificate.policies.some((one) => one.policy === policy));
}

function readOther(list: Element): (Criterion | undefined)[] {
  if (!hasOnly(list, ['ExtendedKeyUsage', 'CertSubjectDNAttribute'])) return [undefined];
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
