import { describe, expect, test } from 'vitest';
import {
  CA,
  type CertificateOptions,
  certify,
  type Party,
  TSA,
} from '../../../test/support/own-pki/certificates.ts';
import { curveKey } from '../../../test/support/own-pki/keys.ts';
import { leafOf, root, timed, verdict } from '../../../test/support/own-pki/path-verdict.ts';
import { integer, sequence, taggedPrimitive } from '../der/writer.ts';
import { extensions, OID } from '../index.ts';

const { basicConstraints, extendedKeyUsage, keyUsage } = extensions;
const DAY = 24 * 3600 * 1000;
const daysFromNow = (days: number): Date => new Date(Date.now() + days * DAY);
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
