import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { QualificationReason } from '../../src/contract/model/trusted-lists.ts';
import { verifyFile } from '../../src/optimizer/index.ts';
import { TrustedLists } from '../../src/optimizer/trusted-lists/trusted-lists.ts';
import { oid, sequence } from '../../src/pki/der/writer.ts';
import { type Extension, OID } from '../../src/pki/index.ts';
import { certify, type Party } from '../support/own-pki/certificates.ts';
import { type OwnPki, ownPki, signPdf } from '../support/own-pki/sign-pdf.ts';
import {
  type ListPlan,
  listSigner,
  makeList,
  qualifications,
  type ServicePlan,
  signedList,
  unsignedList,
} from '../support/trusted-lists/make-list.ts';

const DAY = 24 * 3600 * 1000;
const inDays = (days: number): Date => new Date(Date.now() + days * DAY);

const COMPLIANCE = sequence(oid('0.4.0.1862.1.1'));
const DEVICE = sequence(oid('0.4.0.1862.1.4'));
const typed = (type: number): Uint8Array =>
  sequence(oid('0.4.0.1862.1.6'), sequence(oid(`0.4.0.1862.1.6.${type}`)));
const statements = (...all: readonly Uint8Array[]): Extension => ({
  oid: OID.qcStatements,
  critical: false,
  value: sequence(...all),
});
const QUALIFIED = statements(COMPLIANCE, DEVICE, typed(1));

const journal = listSigner('Official Journal');
const country = listSigner('Scheme Operator ES');
const stranger = listSigner('Somebody');
const folder = mkdtempSync(join(tmpdir(), 'oss-lists-'));
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
});

const pkiWith = (...signerExtensions: readonly Extension[]): OwnPki => ownPki({ signerExtensions });
const qualified = pkiWith(QUALIFIED);

interface Lists {
  readonly services?: readonly ServicePlan[];
  readonly listOfLists?: Partial<ListPlan>;
  readonly national?: Partial<ListPlan>;
}

function writeLists({ services = [], listOfLists = {}, national = {} }: Lists): void {
  const pointers = [
    { territory: 'EU', signers: [journal.party] },
    { territory: 'ES', signers: [country.party] },
  ];
  write('lotl', makeList({ territory: 'EU', signer: journal, pointers, ...listOfLists }));
  write('es', makeList({ territory: 'ES', signer: country, services, ...national }));
}
const write = (name: string, xml: string): void => writeFileSync(join(folder, `${name}.xml`), xml);

/** CA and time-stamp unit of the PKI, granted. */
const servicesOf = ({ issuing, tsa }: OwnPki, of: Partial<ServicePlan> = {}): ServicePlan[] => [
  { identity: issuing, ...of },
  { identity: tsa, type: 'TSA/QTST' },
];

let count = 0;
async function judge(
  pki: OwnPki,
  pinned: readonly Party[] = [journal.party],
  anchors: readonly Party[] = [],
) {
  count += 1;
  const path = join(tmpdir(), `oss-qualified-${process.pid}-${count}.pdf`);
  writeFileSync(path, await signPdf(pki));
  try {
    const trustedLists = await TrustedLists.open(
      folder,
      pinned.map(({ certificate }) => certificate),
    );
    const trusted = anchors.map(({ certificate }) => certificate);
    const report = await verifyFile(path, { anchors: trusted, trustedLists, at: new Date() });
    const [signature] = report.signatures;
    return {
      verdict: report.verdict,
      word: signature?.qualification?.word,
      reason: signature?.qualification?.reason,
      listed: signature?.qualification?.listed,
      stamped: signature?.timestampQualification?.word,
      said: JSON.stringify(signature?.checks),
    };
  } finally {
    rmSync(path);
  }
}

const UNDETERMINED = { verdict: 'undecided', word: 'undetermined' } as const;

type Standing = [string, OwnPki, Partial<ServicePlan>, string, QualificationReason | undefined];

describe('a signature whose authority a trusted list names', () => {
  it.each([5, 6] as const)(
    'is qualified, with list and service (version %s of the format)',
    async (version) => {
      writeLists({
        services: servicesOf(qualified),
        listOfLists: { version },
        national: { version, sequenceNumber: 7 },
      });
      expect(await judge(qualified)).toMatchObject({
        verdict: 'valid',
        word: 'qualifiedSignature',
        reason: undefined,
        stamped: 'qualifiedTimestamp',
        listed: { territory: 'ES', sequenceNumber: 7, provider: 'Invented Trust', status: 'granted' },
      });
    },
  );

  it.each<Standing>([
    [
      'a seal',
      pkiWith(statements(COMPLIANCE, DEVICE, typed(2))),
      { information: ['ForeSeals'] },
      'qualifiedSeal',
      undefined,
    ],
    [
      'without a device',
      pkiWith(statements(COMPLIANCE, typed(1))),
      {},
      'advancedSignatureWithQualifiedCertificate',
      'noQualifiedDevice',
    ],
    [
      'a device by the list',
      pkiWith(statements(COMPLIANCE, typed(1))),
      { extensions: qualifications(['QCWithQSCD']) },
      'qualifiedSignature',
      undefined,
    ],
    [
      'no device by the list',
      qualified,
      { extensions: qualifications(['QCNoQSCD']) },
      'advancedSignatureWithQualifiedCertificate',
      'noQualifiedDevice',
    ],
    ['not qualified by itself', ownPki(), {}, 'advanced', 'certificateNotQualified'],
    [
      'qualified by the list alone',
      ownPki(),
      { extensions: qualifications(['QCStatement', 'QCForESig', 'QCWithQSCD']) },
      'qualifiedSignature',
      undefined,
    ],
    [
      'not qualified by the list',
      qualified,
      { extensions: qualifications(['NotQualified']) },
      'advanced',
      'certificateNotQualified',
    ],
    [
      'for web sites',
      pkiWith(statements(COMPLIANCE, DEVICE, typed(3))),
      { information: ['ForWebSiteAuthentication'] },
      'advanced',
      'certificateForOtherUse',
    ],
    [
      'of a service for seals alone',
      qualified,
      { information: ['ForeSeals'] },
      'advanced',
      'certificateForOtherUse',
    ],
    [
      'of a service that does not say for what',
      qualified,
      { information: [] },
      'advanced',
      'certificateForOtherUse',
    ],
    [
      'by another law',
      pkiWith(statements(COMPLIANCE, DEVICE, typed(1), sequence(oid('0.4.0.1862.1.7')))),
      {},
      'advanced',
      'certificateNotQualified',
    ],
    [
      'qualifiers that contradict',
      qualified,
      { extensions: qualifications(['QCWithQSCD', 'QCNoQSCD']) },
      'undetermined',
      'contradictory',
    ],
    ...[
      '<q:CriteriaList assert="all"><q:KeyUsage><q:Newer/></q:KeyUsage></q:CriteriaList>',
      '<q:CriteriaList assert="all"></q:CriteriaList>',
      '<q:CriteriaList><q:PolicySet><q:PolicyIdentifier><x:Identifier>1.2.3</x:Identifier></q:PolicyIdentifier></q:PolicySet></q:CriteriaList>',
      '<q:CriteriaList assert="none"><q:NewCriterion/></q:CriteriaList>',
      '<q:CriteriaList assert="all"><q:otherCriteriaList><q:NewCriterion/></q:otherCriteriaList></q:CriteriaList>',
      '<q:CriteriaList assert="atLeastOne"><q:CriteriaList assert="all"><q:NewCriterion/></q:CriteriaList></q:CriteriaList>',
    ].map(
      (criteria): Standing => [
        `a rule that nobody can read: ${criteria}`,
        qualified,
        { extensions: qualifications(['QCWithQSCD'], criteria) },
        'undetermined',
        'contradictory',
      ],
    ),
    [
      'a rule that does not apply',
      qualified,
      {
        extensions: qualifications(
          ['NotQualified'],
          '<q:CriteriaList assert="all"><q:PolicySet><q:PolicyIdentifier><x:Identifier>1.2.3</x:Identifier></q:PolicyIdentifier></q:PolicySet></q:CriteriaList>',
        ),
      },
      'qualifiedSignature',
      undefined,
    ],
  ])('%s', async (_, pki, of, word, reason) => {
    writeLists({ services: servicesOf(pki, of) });
    expect(await judge(pki)).toMatchObject({ verdict: 'valid', word, reason });
  });
});

describe('it stops being called qualified', () => {
  it('where the service was withdrawn', async () => {
    const history = [{ status: 'granted', since: inDays(-900) }];
    const withdrawn = { status: 'withdrawn', since: inDays(-1), history };
    writeLists({ services: servicesOf(qualified, withdrawn) });
    expect(await judge(qualified)).toMatchObject(UNDETERMINED);
    // A company that trusts the authority for its own reasons still does; but it is not a qualified signature.
    expect(await judge(qualified, [journal.party], [qualified.root])).toMatchObject({
      verdict: 'valid',
      word: 'advanced',
      reason: 'serviceNotGranted',
    });
  });
  it('not yet where the withdrawal is of tomorrow', async () => {
    const history = [{ status: 'granted', since: inDays(-900) }];
    writeLists({ services: servicesOf(qualified, { status: 'withdrawn', since: inDays(1), history }) });
    expect(await judge(qualified)).toMatchObject({ verdict: 'valid', word: 'qualifiedSignature' });
  });
  it('where the service was granted after the certificate was issued', async () => {
    writeLists({ services: servicesOf(qualified, { since: inDays(-5) }) });
    expect(await judge(qualified)).toMatchObject({ word: 'advanced', reason: 'serviceNotGranted' });
  });
  it.each<[string, Lists, QualificationReason]>([
    ['the list is stale', { national: { nextUpdate: inDays(-1) } }, 'listStale'],
    ['the list of lists is stale', { listOfLists: { nextUpdate: inDays(-1) } }, 'listOfListsStale'],
    ['somebody else signed the list', { national: { signer: stranger } }, 'listNotAuthentic'],
    [
      'somebody else signed the list of lists',
      { listOfLists: { signer: stranger } },
      'listOfListsNotAuthentic',
    ],
    ['the format is not known', { national: { version: 4 as never } }, 'listNotAuthentic'],
    ['the list is of another country', { national: { territory: 'FR' } }, 'signatureNotValid'],
  ])('where %s', async (_, lists, reason) => {
    writeLists({ services: servicesOf(qualified), ...lists });
    const anchored = await judge(qualified, [journal.party], [qualified.root]);
    expect(anchored.word).not.toBe('qualifiedSignature');
    if (reason !== 'signatureNotValid') expect(anchored).toMatchObject({ word: 'undetermined', reason });
    expect(await judge(qualified)).toMatchObject(UNDETERMINED);
  });
  it('where a list is missing', async () => {
    expect(await judge(qualified)).toMatchObject(UNDETERMINED);
    writeLists({ services: servicesOf(qualified) });
    rmSync(join(folder, 'es.xml'));
    expect(await judge(qualified)).toMatchObject(UNDETERMINED);
  });

  it('where one byte of a list is another one', async () => {
    writeLists({ services: servicesOf(qualified) });
    const sound = new Map(['lotl', 'es'].map((name) => [name, readFileSync(join(folder, `${name}.xml`))]));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('lotl', 'es'),
        fc.nat(),
        fc.integer({ min: 33, max: 126 }),
        async (name, place, byte) => {
          const bytes = Buffer.from(sound.get(name) ?? []);
          // Namespaces that nothing uses are not signed by exclusive canonicalization, and say nothing.
          const start = bytes.indexOf('<SchemeInformation>');
          const at = start + (place % (bytes.length - start));
          const before = bytes[at];
          bytes[at] = byte;
          for (const [other, content] of sound) writeFileSync(join(folder, `${other}.xml`), content);
          writeFileSync(join(folder, `${name}.xml`), bytes);
          const { word } = await judge(qualified);
          if (before !== byte)
            expect(word, `${name} at ${at}: ${before} became ${byte}`).not.toBe('qualifiedSignature');
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('pivots', () => {
  const pivoted = listSigner('Next Signer of the Commission');
  const pointersTo = (signers: readonly Party[]) => [
    { territory: 'EU', signers },
    { territory: 'ES', signers: [country.party] },
  ];
  const pivot = (of: Partial<ListPlan> = {}): string =>
    makeList({
      territory: 'EU',
      signer: journal,
      sequenceNumber: 5,
      issued: inDays(-3),
      pointers: pointersTo([pivoted.party]),
      ...of,
    });
  const lists = (of: Partial<ListPlan> = {}): void =>
    writeLists({
      services: servicesOf(qualified),
      listOfLists: {
        signer: pivoted,
        sequenceNumber: 9,
        pivots: [5],
        pointers: pointersTo([pivoted.party]),
        ...of,
      },
    });

  it('lead from the Official Journal to the signer of today', async () => {
    lists();
    expect(await judge(qualified)).toMatchObject(UNDETERMINED);
    write('eu-lotl-pivot-5', pivot());
    expect(await judge(qualified)).toMatchObject({ word: 'qualifiedSignature' });
  });
  it('that a stranger signed, or that the list of lists does not name, do not', async () => {
    lists();
    write('eu-lotl-pivot-5', pivot({ signer: stranger }));
    expect(await judge(qualified)).toMatchObject(UNDETERMINED);
    lists({ pivots: [] });
    write('eu-lotl-pivot-5', pivot());
    expect(await judge(qualified)).toMatchObject(UNDETERMINED);
  });
  it('of the time before the certificates of the Journal do not', async () => {
    lists();
    write('eu-lotl-pivot-5', pivot({ issued: inDays(-300) }));
    expect(await judge(qualified)).toMatchObject(UNDETERMINED);
  });
});

describe('hostile lists are not read', () => {
  const plan: ListPlan = { territory: 'ES', signer: country, services: servicesOf(qualified) };
  const sound = makeList(plan);
  const other = makeList({ ...plan, services: servicesOf(qualified, { status: 'withdrawn' }) });
  const signatureOf = (xml: string): string => /<Signature[\s\S]*<\/Signature>/u.exec(xml)?.[0] ?? '';

  it.each<[string, () => string]>([
    [
      'the signed list wrapped in another one',
      () => other.replace(signatureOf(other), `<w>${sound}</w>`.replace(/<\?xml[^>]*\?>/u, '')),
    ],
    [
      'two signatures',
      () => sound.replace('</TrustServiceStatusList>', `${signatureOf(sound)}</TrustServiceStatusList>`),
    ],
    [
      'the signature of another list',
      () =>
        unsignedList(plan).replace(
          '</TrustServiceStatusList>',
          `${signatureOf(other)}</TrustServiceStatusList>`,
        ),
    ],
    ['no signature', () => unsignedList(plan)],
    ['a document type', () => sound.replace('?>', '?><!DOCTYPE a [<!ENTITY b "c">]>')],
    [
      'a hundred levels',
      () =>
        signedList(
          unsignedList(plan).replace(
            '<SchemeInformation>',
            `${'<n>'.repeat(100)}${'</n>'.repeat(100)}<SchemeInformation>`,
          ),
          country,
        ),
    ],
    ['a signer that only names itself', () => makeList({ ...plan, signer: stranger })],
    ['not XML', () => 'http://uri.etsi.org/TSLType'],
    ['broken off', () => sound.slice(0, sound.length / 2)],
    ['UTF-16', () => Buffer.from(sound, 'utf16le').toString('latin1')],
    [
      'an algorithm that is not relied on',
      () =>
        sound.replaceAll('rsa-sha256', 'rsa-sha1').replaceAll('xmldsig-more#rsa-sha1', 'xmldsig#rsa-sha1'),
    ],
    [
      'a comment inside the status',
      () =>
        makeList({ ...plan, services: servicesOf(qualified, { status: 'granted-no-more' }) }).replace(
          'Svcstatus/granted-no-more',
          'Svcstatus/granted<!---->-no-more',
        ),
    ],
  ])('%s', async (_, make) => {
    writeLists({ services: servicesOf(qualified) });
    write('es', make());
    expect(await judge(qualified)).toMatchObject(UNDETERMINED);
  });
});

it('an authority that no list names makes an advanced signature', async () => {
  writeLists({ services: servicesOf(qualified, { identity: certify({ name: 'Another CA' }) }) });
  const own = ownPki();
  expect(await judge(own, [journal.party], [own.root])).toMatchObject({
    verdict: 'valid',
    word: 'advanced',
    reason: 'notListed',
  });
});
