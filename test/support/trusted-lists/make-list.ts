/** Trusted lists of an invented Union, signed by keys of ours (TS 119 612), each as wrong as a test wants it. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { SignedXml } from 'xml-crypto';
import { NULL, oid, sequence } from '../../../src/pki/der/writer.ts';
import { OID } from '../../../src/pki/index.ts';
import { certify, type Party } from '../own-pki/certificates.ts';

const DS = 'http://www.w3.org/2000/09/xmldsig#';
const TYPE = 'http://uri.etsi.org/TrstSvc/TrustedList/TSLType';
const INFORMATION = 'http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt';

export interface ListSigner {
  readonly party: Party;
  readonly privateKey: KeyObject;
}

export interface ServicePlan {
  readonly type?: 'CA/QC' | 'TSA/QTST';
  readonly identity: Party;
  readonly status?: string;
  readonly since?: Date;
  /** What the list says beside, such as ForeSignatures. */
  readonly information?: readonly string[];
  /** XML of further extensions. */
  readonly extensions?: string;
  readonly history?: readonly {
    readonly status: string;
    readonly since: Date;
    readonly information?: readonly string[];
  }[];
}

export interface ListPlan {
  readonly territory: string;
  readonly signer: ListSigner;
  readonly version?: 5 | 6;
  readonly sequenceNumber?: number;
  readonly issued?: Date;
  readonly nextUpdate?: Date;
  readonly services?: readonly ServicePlan[];
  /** Of a list of lists: who signs which. */
  readonly pointers?: readonly { readonly territory: string; readonly signers: readonly Party[] }[];
  readonly pivots?: readonly number[];
  /** Where lists and pivots are said to be. */
  readonly server?: string;
}

const DAY = 24 * 3600 * 1000;
const base64 = ({ certificate }: Party): string => Buffer.from(certificate.der).toString('base64');
const identity = (parties: readonly Party[]): string =>
  parties
    .map(
      (party) =>
        `<ServiceDigitalIdentity><DigitalId><X509Certificate>${base64(party)}</X509Certificate></DigitalId></ServiceDigitalIdentity>`,
    )
    .join('');

/** The XML of a list, signed. */
export function makeList(plan: ListPlan): string {
  return signedList(unsignedList(plan), plan.signer);
}

/** Enveloped, exclusively canonicalized, RSA with SHA-256: what TS 119 612 annex B asks for. */
export function signedList(xml: string, { party, privateKey }: ListSigner): string {
  const signing = new SignedXml({
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    publicCert: `-----BEGIN CERTIFICATE-----\n${base64(party).replaceAll(/(.{64})/gu, '$1\n')}\n-----END CERTIFICATE-----\n`,
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  });
  signing.addReference({
    xpath: '/*',
    isEmptyUri: true,
    uri: '',
    transforms: [`${DS}enveloped-signature`, 'http://www.w3.org/2001/10/xml-exc-c14n#'],
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
  });
  signing.computeSignature(xml);
  return signing.getSignedXml();
}

export function unsignedList(plan: ListPlan): string {
  const { territory, version = 6, sequenceNumber = 1, issued = new Date(Date.now() - DAY) } = plan;
  const { server = 'https://lists.example' } = plan;
  const nextUpdate = plan.nextUpdate ?? new Date(Date.now() + 30 * DAY);
  const isListOfLists = plan.pointers !== undefined;
  const pivots = (plan.pivots ?? []).map((one) => `<URI>${server}/eu-lotl-pivot-${one}.xml</URI>`);
  const pointers = (plan.pointers ?? []).map(
    (one) => `<OtherTSLPointer><ServiceDigitalIdentities>${identity(one.signers)}</ServiceDigitalIdentities>
<TSLLocation>${server}/${one.territory}.xml</TSLLocation><AdditionalInformation>
<OtherInformation><TSLType>${TYPE}/${one.territory === 'EU' ? 'EUlistofthelists' : 'EUgeneric'}</TSLType></OtherInformation>
<OtherInformation><SchemeTerritory>${one.territory}</SchemeTerritory></OtherInformation>
<OtherInformation><a:MimeType>application/vnd.etsi.tsl+xml</a:MimeType></OtherInformation>
</AdditionalInformation></OtherTSLPointer>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#" xmlns:a="http://uri.etsi.org/02231/v2/additionaltypes#" xmlns:q="http://uri.etsi.org/TrstSvc/SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#" xmlns:x="http://uri.etsi.org/01903/v1.3.2#" Id="list">
<SchemeInformation><TSLVersionIdentifier>${version}</TSLVersionIdentifier><TSLSequenceNumber>${sequenceNumber}</TSLSequenceNumber>
<TSLType>${TYPE}/${isListOfLists ? 'EUlistofthelists' : 'EUgeneric'}</TSLType><SchemeInformationURI>${pivots.join('')}</SchemeInformationURI>
<SchemeTerritory>${territory}</SchemeTerritory><PointersToOtherTSL>${pointers.join('')}</PointersToOtherTSL>
<ListIssueDateTime>${issued.toISOString()}</ListIssueDateTime><NextUpdate><dateTime>${nextUpdate.toISOString()}</dateTime></NextUpdate>
</SchemeInformation>${plan.services ? `<TrustServiceProviderList>${provider(plan.services)}</TrustServiceProviderList>` : ''}</TrustServiceStatusList>`;
}

const provider = (services: readonly ServicePlan[]): string =>
  `<TrustServiceProvider><TSPInformation><TSPName><Name xml:lang="en">Invented Trust</Name></TSPName></TSPInformation><TSPServices>${services.map(service).join('')}</TSPServices></TrustServiceProvider>`;

function service(plan: ServicePlan): string {
  const present = period(
    plan,
    plan.status ?? 'granted',
    plan.since ?? new Date('2020-01-01'),
    plan.information,
  );
  const former = (plan.history ?? []).map(
    ({ status, since, information }) =>
      `<ServiceHistoryInstance>${period(plan, status, since, information ?? plan.information)}</ServiceHistoryInstance>`,
  );
  return `<TSPService><ServiceInformation>${present}</ServiceInformation><ServiceHistory>${former.join('')}</ServiceHistory></TSPService>`;
}

function period(
  { type = 'CA/QC', identity: party, extensions = '' }: ServicePlan,
  status: string,
  since: Date,
  information: readonly string[] = type === 'CA/QC' ? ['ForeSignatures'] : [],
): string {
  const said = information.map(
    (one) =>
      `<Extension Critical="true"><AdditionalServiceInformation><URI xml:lang="en">${INFORMATION}/${one}</URI></AdditionalServiceInformation></Extension>`,
  );
  return `<ServiceTypeIdentifier>http://uri.etsi.org/TrstSvc/Svctype/${type}</ServiceTypeIdentifier>
<ServiceName><Name xml:lang="en">${type} of Invented Trust</Name></ServiceName>${identity([party])}
<ServiceStatus>http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/${status}</ServiceStatus>
<StatusStartingTime>${since.toISOString()}</StatusStartingTime>
<ServiceInformationExtensions>${said.join('')}${extensions}</ServiceInformationExtensions>`;
}

/** Extension Qualifications: these qualifiers for certificates with a usage bit that all signers have. */
export const qualifications = (
  qualifiers: readonly string[],
  criteria = '<q:CriteriaList assert="all"><q:KeyUsage><q:KeyUsageBit name="nonRepudiation">true</q:KeyUsageBit></q:KeyUsage></q:CriteriaList>',
): string =>
  `<Extension Critical="true"><q:Qualifications><q:QualificationElement><q:Qualifiers>${qualifiers
    .map((one) => `<q:Qualifier uri="${INFORMATION}/${one}"/>`)
    .join('')}</q:Qualifiers>${criteria}</q:QualificationElement></q:Qualifications></Extension>`;

/** Who may sign lists, with an RSA key of its own. */
export function listSigner(name: string, notBefore?: Date): ListSigner {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = {
    spki: publicKey.export({ type: 'spki', format: 'der' }),
    identifier: sequence(oid(OID.rsaSha256), NULL),
    sign: (data: Uint8Array) => sign('sha256', data, privateKey),
  };
  return { party: certify({ name, key, ...(notBefore && { notBefore }) }), privateKey };
}
