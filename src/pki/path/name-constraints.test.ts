import { describe, expect, test } from 'vitest';
import { CA, certify, SIGNER } from '../../../test/support/own-pki/certificates.ts';
import { curveKey } from '../../../test/support/own-pki/keys.ts';
import { leafOf, root, timed, verdict } from '../../../test/support/own-pki/path-verdict.ts';
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
import { type Extension, encodeName, OID } from '../index.ts';

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
