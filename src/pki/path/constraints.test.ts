import { performance } from 'node:perf_hooks';
import { describe, expect, test } from 'vitest';
import {
  CA,
  type CertificateOptions,
  certify,
  type Party,
  SIGNER,
  TSA,
} from '../../../test/support/own-pki/certificates.ts';
import { curveKey } from '../../../test/support/own-pki/keys.ts';
import {
  element,
  ia5String,
  integer,
  oid,
  printableString,
  sequence,
  setOf,
  tagged,
  taggedPrimitive,
  utf8String,
} from '../der/writer.ts';
import { PkiError } from '../errors.ts';
import { type Extension, encodeName, extensions, OID, type PathPurpose, validatePath } from '../index.ts';

const { basicConstraints, extendedKeyUsage, keyUsage } = extensions;
const DAY = 24 * 3600 * 1000;
const daysFromNow = (days: number): Date => new Date(Date.now() + days * DAY);

const root = certify({ name: 'Root' });
const leafOf = (issuer: Party, options: CertificateOptions = {}): Party =>
  certify({ name: 'Leaf', issuer, extensions: SIGNER, ...options });

function verdict(
  leaf: Party,
  pool: readonly Party[],
  anchors = [root],
  purpose: PathPurpose = 'signing',
): string {
  const certificatesOf = (parties: readonly Party[]) => parties.map(({ certificate }) => certificate);
  try {
    const chain = validatePath(
      leaf.certificate,
      certificatesOf(pool),
      certificatesOf(anchors),
      new Date(),
      purpose,
    );
    return chain.map(({ subject }) => subject.commonName).join(' < ');
  } catch (error) {
    return error instanceof PkiError ? `${error.reason}: ${error.message}` : `unexpected ${String(error)}`;
  }
}

function timed(check: () => string): { readonly said: string; readonly millis: number } {
  const start = performance.now();
  const said = check();
  return { said, millis: performance.now() - start };
}

describe('renewed and cross-certified authorities', () => {
  const key = curveKey();
  const twin = (options: CertificateOptions = {}) => certify({ name: 'CA', key, issuer: root, ...options });
  const expired = twin({ notAfter: daysFromNow(-1) });
  const notYet = twin({ notBefore: daysFromNow(1) });
  const wrongUse = twin({ extensions: [basicConstraints(true), keyUsage('cRLSign')] });
  const noAuthority = twin({ extensions: [] });
  const tlsOnly = twin({ extensions: [...CA, extendedKeyUsage(false, '1.3.6.1.5.5.7.3.1')] });
  const stranger = twin({ issuer: certify({ name: 'Other root' }) });
  const good = twin();
  const leaf = leafOf(good);

  test.each([
    ['expired', expired],
    ['not valid yet', notYet],
    ['without the right to certify', wrongUse],
    ['no authority', noAuthority],
    ['for TLS alone', tlsOnly],
    ['of a root that nobody trusts', stranger],
  ])('a twin of the same key that is %s does not hide the good one', (_, wrong) => {
    expect(verdict(leaf, [wrong, good])).toBe('Leaf < CA < Root');
    expect(verdict(leaf, [good, wrong])).toBe('Leaf < CA < Root');
    expect(verdict(leaf, [wrong])).not.toContain('<');
  });

  test('all of them together do not', () => {
    expect(verdict(leaf, [expired, notYet, wrongUse, noAuthority, tlsOnly, stranger, good])).toBe(
      'Leaf < CA < Root',
    );
  });

  test('a renewed root is found by either certificate', () => {
    const old = certify({ name: 'Root', key: root.key, notAfter: daysFromNow(-1) });
    expect(verdict(leaf, [good], [old, root])).toBe('Leaf < CA < Root');
    expect(verdict(leaf, [good], [old])).toContain('certificate-outside-validity');
  });

  test('a path through a cross certificate is found, and the old key certifies the new one', () => {
    const bridge = certify({ name: 'Bridge', issuer: root });
    const foreign = certify({ name: 'Foreign root' });
    const cross = certify({ name: 'Foreign root', key: foreign.key, issuer: bridge });
    const rolled = certify({ name: 'Foreign root', issuer: foreign });
    expect(verdict(leafOf(rolled), [foreign, rolled, cross, bridge])).toBe(
      'Leaf < Foreign root < Foreign root < Bridge < Root',
    );
  });

  test('self-issued authorities do not count towards the path length (RFC 5280 §6.1.4 l)', () => {
    const top = certify({
      name: 'CA 0',
      issuer: root,
      extensions: [basicConstraints(true, 0), keyUsage('keyCertSign')],
    });
    const rolled = certify({ name: 'CA 0', issuer: top });
    const below = certify({ name: 'Sub', issuer: top });
    expect(verdict(leafOf(rolled), [rolled, top])).toBe('Leaf < CA 0 < CA 0 < Root');
    expect(verdict(leafOf(below), [below, top])).toContain('path length exceeded');
  });
});

describe('extended key usages of authorities', () => {
  const limited = (...purposes: string[]): Party =>
    certify({ name: 'Limited', issuer: root, extensions: [...CA, extendedKeyUsage(false, ...purposes)] });
  const [tls, email, any] = ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.4', '2.5.29.37.0'];

  test.each([
    ['TLS', [tls], false],
    ['code signing', ['1.3.6.1.5.5.7.3.3'], false],
    ['time-stamping', [OID.purposeTimeStamping], false],
    ['any purpose', [any], true],
    ['e-mail', [email], true],
    ['TLS and document signing', [tls, OID.purposeDocumentSigning], true],
  ] as const)('an authority for %s', (_, purposes, isAllowed) => {
    const authority = limited(...purposes);
    const said = verdict(leafOf(authority), [authority]);
    if (isAllowed) expect(said).toBe('Leaf < Limited < Root');
    else expect(said).toMatch(/^path-invalid: .*may not issue certificates for this purpose/);
  });

  test('time-stamp units need an authority that may certify them', () => {
    const said = (authority: Party) =>
      verdict(leafOf(authority, { extensions: TSA }), [authority], [root], 'timestamping');
    expect(said(limited(OID.purposeTimeStamping))).toBe('Leaf < Limited < Root');
    expect(said(limited(OID.purposeDocumentSigning))).toContain('may not issue');
  });

  test('purposes narrow on the way down', () => {
    const upper = limited(email);
    const lower = certify({
      name: 'Lower',
      issuer: upper,
      extensions: [...CA, extendedKeyUsage(false, OID.purposeDocumentSigning)],
    });
    expect(verdict(leafOf(lower), [upper, lower])).toContain('may not issue');
  });
});

describe('name constraints, critical or not', () => {
  const dns = (name: string) => taggedPrimitive(2, Buffer.from(name));
  const mail = (name: string) => taggedPrimitive(1, Buffer.from(name));
  const uri = (name: string) => taggedPrimitive(6, Buffer.from(name));
  const ip = (...octets: number[]) => taggedPrimitive(7, Uint8Array.from(octets));
  const directory = (name: Uint8Array) => tagged(4, name);
  const country = (code: string) => sequence(setOf(sequence(oid(OID.country), printableString(code))));
  const constraints = (permitted: Uint8Array[], excluded: Uint8Array[], critical: boolean): Extension => ({
    oid: OID.nameConstraints,
    critical,
    value: sequence(
      ...(permitted.length === 0 ? [] : [tagged(0, ...permitted.map((base) => sequence(base)))]),
      ...(excluded.length === 0 ? [] : [tagged(1, ...excluded.map((base) => sequence(base)))]),
    ),
  });
  const alternative = (...names: Uint8Array[]): Extension => ({
    oid: OID.subjectAltName,
    critical: false,
    value: sequence(...names),
  });

  const said = (
    rule: { permitted?: Uint8Array[]; excluded?: Uint8Array[] },
    names: Uint8Array[],
    critical: boolean,
  ) => {
    const { permitted = [], excluded = [] } = rule;
    const constrained = certify({
      name: 'Constrained',
      issuer: root,
      extensions: [...CA, constraints(permitted, excluded, critical)],
    });
    const leaf = leafOf(constrained, {
      extensions: [...SIGNER, ...(names.length === 0 ? [] : [alternative(...names)])],
    });
    return verdict(leaf, [constrained]);
  };

  test.each([
    ['the subject in a permitted subtree', { permitted: [directory(country('ES'))] }, [], true],
    ['the same in other letters', { permitted: [directory(country('es'))] }, [], true],
    ['the subject in no permitted subtree', { permitted: [directory(country('FR'))] }, [], false],
    ['the subject in an excluded subtree', { excluded: [directory(country('ES'))] }, [], false],
    [
      'excluded wins over permitted',
      { permitted: [directory(country('ES'))], excluded: [directory(country('ES'))] },
      [],
      false,
    ],
    [
      'an alternative directory name outside',
      { permitted: [directory(country('ES'))] },
      [directory(country('FR'))],
      false,
    ],
    [
      'an address of a permitted host',
      { permitted: [mail('example.com')] },
      [mail('anna@Example.com')],
      true,
    ],
    [
      'an address of a host below it',
      { permitted: [mail('example.com')] },
      [mail('anna@a.example.com')],
      false,
    ],
    [
      'an address of a host below a domain',
      { permitted: [mail('.example.com')] },
      [mail('anna@a.example.com')],
      true,
    ],
    ['another address', { permitted: [mail('bob@example.com')] }, [mail('anna@example.com')], false],
    [
      'an excluded address in other letters',
      { excluded: [mail('anna@example.com')] },
      [mail('Anna@EXAMPLE.com')],
      false,
    ],
    ['what is no address', { permitted: [mail('example.com')] }, [mail('example.com')], false],
    ['a host below a permitted one', { permitted: [dns('example.com')] }, [dns('a.example.com')], true],
    ['a host that ends alike', { permitted: [dns('example.com')] }, [dns('badexample.com')], false],
    [
      'an excluded host with a dot at its end',
      { excluded: [dns('example.com')] },
      [dns('a.example.com.')],
      false,
    ],
    [
      'a URI of a permitted host',
      { permitted: [uri('example.com')] },
      [uri('https://example.com:8443/x')],
      true,
    ],
    [
      'a URI of a host in its user part',
      { permitted: [uri('example.com')] },
      [uri('https://example.com@evil.test/')],
      false,
    ],
    ['a URI without host', { permitted: [uri('example.com')] }, [uri('urn:example')], false],
    [
      'an IP address in a permitted network',
      { permitted: [ip(10, 0, 0, 0, 255, 0, 0, 0)] },
      [ip(10, 1, 2, 3)],
      true,
    ],
    [
      'an IP address in an excluded network',
      { excluded: [ip(10, 0, 0, 0, 255, 0, 0, 0)] },
      [ip(10, 1, 2, 3)],
      false,
    ],
    [
      'an IPv6 address under an IPv4 constraint',
      { permitted: [ip(10, 0, 0, 0, 255, 0, 0, 0)] },
      [ip(...new Array(16).fill(1))],
      false,
    ],
    [
      'a kind of name that nobody restricted',
      { permitted: [dns('example.com')] },
      [mail('anna@other.test')],
      true,
    ],
    [
      'a restriction of a kind that is not compared',
      { permitted: [taggedPrimitive(8, Uint8Array.of(42, 3))] },
      [taggedPrimitive(8, Uint8Array.of(42, 3))],
      false,
    ],
  ])('%s', (_, rule, names, isAllowed) => {
    for (const critical of [true, false]) {
      const response = said(rule, names, critical);
      if (isAllowed) expect(response).toBe('Leaf < Constrained < Root');
      else expect(response).toMatch(/^path-invalid: .*may not certify the names of/);
    }
  });

  test('hold for everything below, by whichever authority', () => {
    const constrained = certify({
      name: 'Constrained',
      issuer: root,
      extensions: [...CA, constraints([directory(country('FR'))], [], false)],
    });
    const inside = certify({
      issuer: constrained,
      subject: encodeName({ country: 'FR', commonName: 'Sub' }),
    });
    expect(verdict(leafOf(inside), [constrained, inside])).toContain('may not certify the names');
    const french = leafOf(inside, { subject: encodeName({ country: 'FR', commonName: 'Leaf' }) });
    expect(verdict(french, [constrained, inside])).toBe('Leaf < Sub < Constrained < Root');
  });

  test('an address in the subject counts where there are no alternative names', () => {
    const subject = sequence(
      setOf(sequence(oid(OID.country), printableString('ES'))),
      setOf(sequence(oid(OID.emailAddress), ia5String('anna@evil.test'))),
    );
    const constrained = certify({
      name: 'Constrained',
      issuer: root,
      extensions: [...CA, constraints([mail('example.com')], [], false)],
    });
    expect(verdict(leafOf(constrained, { subject }), [constrained])).toContain('may not certify');
  });

  test('constraints that cannot be read are not kept, hence nothing is certified', () => {
    const broken = { oid: OID.nameConstraints, critical: false, value: integer(1) };
    const constrained = certify({ name: 'Constrained', issuer: root, extensions: [...CA, broken] });
    expect(verdict(leafOf(constrained), [constrained])).toContain('path-invalid');
  });

  test('a twin that permits the name is found behind one that does not', () => {
    const key = curveKey();
    const strict = certify({
      name: 'Twin',
      key,
      issuer: root,
      extensions: [...CA, constraints([directory(country('FR'))], [], true)],
    });
    const open = certify({ name: 'Twin', key, issuer: root });
    expect(verdict(leafOf(open), [strict, open])).toBe('Leaf < Twin < Root');
  });

  test('a million comparisons are too many', () => {
    const many = Array.from({ length: 500 }, (_, index) => dns(`h${index}.example.com`));
    const { said: response, millis } = timed(() => said({ permitted: many }, many, false));
    expect(response).toContain('over-the-bound');
    expect(millis).toBeLessThan(1000);
  });
});

describe('names in different encodings (RFC 5280 §7.1)', () => {
  const named = (value: Uint8Array) => sequence(setOf(sequence(oid(OID.commonName), value)));
  const bmp = (text: string) => element(0x1e, Buffer.from(text, 'utf16le').swap16());
  const authority = certify({ subject: named(utf8String('Die  CA')), issuer: root });
  test.each([
    ['PrintableString', printableString('Die CA')],
    ['other letters', utf8String('die ca')],
    ['spaces at the end', utf8String(' Die CA ')],
    ['BMPString', bmp('Die CA')],
  ])('the issuer as %s is the same', (_, value) => {
    expect(verdict(leafOf(authority, { issuerName: named(value) }), [authority])).toContain('Leaf <');
  });
  test.each([
    ['another name', utf8String('Die CB')],
    ['a space less', utf8String('DieCA')],
  ])('%s is not', (_, value) => {
    expect(verdict(leafOf(authority, { issuerName: named(value) }), [authority])).toContain('path-not-found');
  });
  test('an attribute that is no string does not keep a certificate from being read', () => {
    const odd = named(element(0x03, Uint8Array.of(0, 1, 2)));
    expect(leafOf(root, { subject: odd }).certificate.subject.text).toContain('#0303000102');
  });
});

describe('policies: nobody asks for one', () => {
  test.each([
    ['policyMappings', { oid: OID.policyMappings, critical: true, value: sequence() }, 'Leaf <'],
    ['inhibitAnyPolicy', { oid: OID.inhibitAnyPolicy, critical: true, value: integer(0) }, 'Leaf <'],
    [
      'inhibitPolicyMapping',
      { oid: OID.policyConstraints, critical: true, value: sequence(taggedPrimitive(1, Uint8Array.of(0))) },
      'Leaf <',
    ],
    [
      'requireExplicitPolicy',
      { oid: OID.policyConstraints, critical: true, value: sequence(taggedPrimitive(0, Uint8Array.of(0))) },
      'path-invalid',
    ],
    [
      'what cannot be read',
      { oid: OID.policyConstraints, critical: true, value: integer(0) },
      'path-invalid',
    ],
  ])('%s', (_, extension, expected) => {
    const authority = certify({ name: 'CA', issuer: root, extensions: [...CA, extension] });
    expect(verdict(leafOf(authority), [authority])).toContain(expected);
  });
});

describe('the search has a bound', () => {
  const BOUND = 3000;

  test.each([24, 500])('%i authorities of one name and key that certify each other', (count) => {
    const key = curveKey();
    const first = certify({ name: 'Bomb', key });
    const twins = Array.from({ length: count }, () => certify({ name: 'Bomb', key, issuer: first }));
    const { said, millis } = timed(() => verdict(leafOf(first), twins));
    expect(said).toContain('path-not-found');
    expect(millis).toBeLessThan(BOUND);
    const good = certify({ name: 'Bomb', key, issuer: root });
    const honest = timed(() => verdict(leafOf(first), [...twins, good]));
    expect(honest.said).toBe('Leaf < Bomb < Root');
    expect(honest.millis).toBeLessThan(BOUND);
  });

  test('a ring of authorities with names of their own, every one certified by every other one', () => {
    const keys = Array.from({ length: 12 }, () => curveKey());
    const nodes = keys.map((key, index) => certify({ name: `Ring ${index}`, key }));
    const crossed = nodes.flatMap((issuer, from) =>
      keys.flatMap((key, to) => (from === to ? [] : [certify({ name: `Ring ${to}`, key, issuer })])),
    );
    const [first] = nodes;
    const last = keys.at(-1);
    if (!first || !last) throw new Error('no ring');
    const { said, millis } = timed(() => verdict(leafOf(first), crossed));
    expect(said).toMatch(/path-not-found|over-the-bound/);
    expect(millis).toBeLessThan(BOUND);
    const exit = certify({ name: 'Ring 11', key: last, issuer: root });
    expect(verdict(leafOf(first), [...crossed, exit])).toBe('Leaf < Ring 0 < Ring 11 < Root');
  });

  test('namesakes of other keys without identifiers: the work is counted, and what was over the bound is named', () => {
    const issuer = certify({ name: 'Namesake', issuer: root, withoutKeyIdentifiers: true });
    const leaf = leafOf(issuer, { withoutKeyIdentifiers: true });
    const many = Array.from({ length: 600 }, () =>
      certify({ name: 'Namesake', issuer: root, withoutKeyIdentifiers: true }),
    );
    const { said, millis } = timed(() => verdict(leaf, many));
    expect(said).toBe('over-the-bound: issuers of "CN=Leaf, C=ES"');
    expect(millis).toBeLessThan(BOUND);
    expect(verdict(leaf, [...many.slice(0, 300), issuer])).toBe('Leaf < Namesake < Root');
  });

  test('ten thousand certificates beside the path hide nothing', () => {
    const sample = Array.from({ length: 100 }, (_, index) =>
      certify({ name: `Junk ${index}`, issuer: root }),
    );
    const issuing = certify({ name: 'Issuing', issuer: root });
    const junk = Array.from({ length: 100 }, () => sample).flat();
    const { said, millis } = timed(() => verdict(leafOf(issuing), [...junk, issuing]));
    expect(said).toBe('Leaf < Issuing < Root');
    expect(millis).toBeLessThan(BOUND);
  });

  test('key identifiers that cannot be read, among certificates that have nothing to do with it', () => {
    const broken = { oid: OID.subjectKeyIdentifier, critical: false, value: integer(1) };
    const issuing = certify({ name: 'Issuing', issuer: root });
    const junk = certify({
      name: 'Issuing',
      issuer: root,
      withoutKeyIdentifiers: true,
      extensions: [...CA, broken],
    });
    expect(verdict(leafOf(issuing), [junk, issuing])).toBe('Leaf < Issuing < Root');
  });
});
