/** A trusted list (ETSI TS 119 612, versions 5 and 6 of the format), read from the bytes that were signed. */
import type { Certificate } from '../../pki/index.ts';
import { child, children, parseXml, textOf, UnusableXml } from '../xml/read-xml.ts';
import { type QualificationRule, readRules } from './qualification-rules.ts';
import { readCertificate } from './signed-list.ts';

const TSL = 'http://uri.etsi.org/02231/v2#';
const EXTRA = 'http://uri.etsi.org/02231/v2/additionaltypes#';
const VERSIONS: readonly string[] = ['5', '6'];
/** More than all services of one country. */
const MOST_SERVICES = 20_000;

export interface ListPointer {
  readonly territory: string;
  readonly location: string;
  readonly isListOfLists: boolean;
  /** Whose keys may sign the list. */
  readonly certificates: readonly Certificate[];
}

/** What is said of a service from `from` on, until the next period begins. */
export interface ServicePeriod {
  /** The last part of the type URI: `CA/QC`, `TSA/QTST`. */
  readonly type: string;
  /** The last part of the status URI. */
  readonly status: string;
  readonly from: Date;
  /** Last parts of additionalServiceInformation, such as `ForeSignatures`. */
  readonly information: readonly string[];
  readonly rules: readonly QualificationRule[];
  /** A critical extension that is not known here: nothing may be concluded (TS 119 612 §5.5.9). */
  readonly hasUnknownExtension: boolean;
}

export interface TrustService {
  readonly provider: string;
  readonly name: string;
  readonly identities: readonly Certificate[];
  /** The newest first. */
  readonly periods: readonly ServicePeriod[];
}

export interface ListHead {
  readonly isListOfLists: boolean;
  readonly territory: string;
  readonly sequenceNumber: number;
  readonly issued: Date;
  /** Undefined for a list that was closed. */
  readonly nextUpdate: Date | undefined;
  /** Of a list of lists: where its pivots are. */
  readonly pivots: readonly string[];
}

export interface TrustedList extends ListHead {
  readonly pointers: readonly ListPointer[];
  readonly services: readonly TrustService[];
}

/** @throws UnusableXml */
export function readListContent(signed: string): TrustedList {
  const root = parseXml(signed);
  const services = children(
    child(root, TSL, 'TrustServiceProviderList'),
    TSL,
    'TrustServiceProvider',
  ).flatMap(readProvider);
  if (services.length > MOST_SERVICES) throw new UnusableXml('the list has too many services');
  const scheme = child(root, TSL, 'SchemeInformation');
  const pointers = children(child(scheme, TSL, 'PointersToOtherTSL'), TSL, 'OtherTSLPointer');
  return { ...readListHead(root), pointers: pointers.flatMap(readPointer), services };
}

/** What a list says of itself; `root`: of any document. @throws UnusableXml */
export function readListHead(root: Element): ListHead {
  if (root.namespaceURI !== TSL || root.localName !== 'TrustServiceStatusList')
    throw new UnusableXml('it is no trusted list');
  const scheme = child(root, TSL, 'SchemeInformation');
  const version = textOf(child(scheme, TSL, 'TSLVersionIdentifier'));
  if (!VERSIONS.includes(version))
    throw new UnusableXml(`version ${version.slice(0, 10)} of the format is not known`);
  const sequenceNumber = Number(textOf(child(scheme, TSL, 'TSLSequenceNumber')));
  if (!Number.isSafeInteger(sequenceNumber) || sequenceNumber < 0)
    throw new UnusableXml('the list has no number');
  const nextUpdate = textOf(child(child(scheme, TSL, 'NextUpdate'), TSL, 'dateTime'));
  const uris = children(child(scheme, TSL, 'SchemeInformationURI'), TSL, 'URI').map(textOf);
  return {
    isListOfLists: lastPart(textOf(child(scheme, TSL, 'TSLType'))) === 'EUlistofthelists',
    territory: textOf(child(scheme, TSL, 'SchemeTerritory')),
    sequenceNumber,
    issued: dateOf(textOf(child(scheme, TSL, 'ListIssueDateTime'))),
    nextUpdate: nextUpdate === '' ? undefined : dateOf(nextUpdate),
    pivots: uris.filter((uri) => /pivot[^/]*\.xml$/iu.test(uri)),
  };
}

function readPointer(pointer: Element): ListPointer[] {
  const information = children(child(pointer, TSL, 'AdditionalInformation'), TSL, 'OtherInformation');
  const said = (namespace: string, name: string): string =>
    textOf(information.flatMap((one) => children(one, namespace, name))[0]);
  if (said(EXTRA, 'MimeType') !== 'application/vnd.etsi.tsl+xml') return [];
  const identities = children(child(pointer, TSL, 'ServiceDigitalIdentities'), TSL, 'ServiceDigitalIdentity');
  return [
    {
      territory: said(TSL, 'SchemeTerritory'),
      location: textOf(child(pointer, TSL, 'TSLLocation')),
      isListOfLists: lastPart(said(TSL, 'TSLType')) === 'EUlistofthelists',
      certificates: identities.flatMap(certificatesOf),
    },
  ];
}

const certificatesOf = (identity: Element | undefined): Certificate[] =>
  children(identity, TSL, 'DigitalId')
    .flatMap((id) => children(id, TSL, 'X509Certificate'))
    .flatMap((element) => readCertificate(textOf(element)) ?? []);

function readProvider(provider: Element): TrustService[] {
  const name = nameIn(child(child(provider, TSL, 'TSPInformation'), TSL, 'TSPName'));
  const services = children(child(provider, TSL, 'TSPServices'), TSL, 'TSPService');
  return services.map((service) => readService(service, name));
}

function readService(service: Element, provider: string): TrustService {
  const present = child(service, TSL, 'ServiceInformation');
  const history = children(child(service, TSL, 'ServiceHistory'), TSL, 'ServiceHistoryInstance');
  const periods = [...(present ? [present] : []), ...history].map(readPeriod);
  return {
    provider,
    name: nameIn(child(present, TSL, 'ServiceName')),
    identities: certificatesOf(child(present, TSL, 'ServiceDigitalIdentity')),
    periods: periods.sort((a, b) => b.from.getTime() - a.from.getTime()),
  };
}

function readPeriod(period: Element): ServicePeriod {
  const extensions = children(child(period, TSL, 'ServiceInformationExtensions'), TSL, 'Extension');
  const information = extensions.flatMap((one) => children(one, TSL, 'AdditionalServiceInformation'));
  return {
    type: textOf(child(period, TSL, 'ServiceTypeIdentifier')).split('/Svctype/')[1] ?? '',
    status: lastPart(textOf(child(period, TSL, 'ServiceStatus'))),
    from: dateOf(textOf(child(period, TSL, 'StatusStartingTime'))),
    information: information.map((one) => lastPart(textOf(child(one, TSL, 'URI')))),
    rules: extensions.flatMap(readRules),
    hasUnknownExtension: extensions.some((one) => one.getAttribute('Critical') === 'true' && !isKnown(one)),
  };
}

const KNOWN: readonly string[] = [
  'AdditionalServiceInformation',
  'Qualifications',
  'TakenOverBy',
  'ExpiredCertsRevocationInfo',
];

function isKnown(extension: Element): boolean {
  for (let node = extension.firstChild; node; node = node.nextSibling)
    if (node.nodeType === 1 && !KNOWN.includes((node as Element).localName)) return false;
  return true;
}

/** In English where there is such a name. */
function nameIn(names: Element | undefined): string {
  const all = children(names, TSL, 'Name');
  return textOf(all.find((one) => one.getAttribute('xml:lang') === 'en') ?? all[0]).slice(0, 300);
}

const lastPart = (uri: string): string => uri.split('/').at(-1) ?? '';

/** @throws UnusableXml */
function dateOf(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new UnusableXml('the list has a date that is none');
  return date;
}
