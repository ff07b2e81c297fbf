import { performance } from 'node:perf_hooks';
import { describe, expect, test } from 'vitest';
import {
  CA,
  certify,
  invalidityDate,
  type ListEntry,
  type ListOptions,
  list,
  type Party,
  RESPONDER,
  SIGNER,
} from '../../../test/support/own-pki/certificates.ts';
import { curveKey, rsaKey, type TestKey, weakDigestKey } from '../../../test/support/own-pki/keys.ts';
import {
  bitString,
  element,
  enumerated,
  generalizedTime,
  integer,
  octetString,
  oid,
  sequence,
  tagged,
  taggedPrimitive,
  time,
} from '../der/writer.ts';
import { PkiError } from '../errors.ts';
import {
  certificatesInQuestion,
  type Extension,
  encodeCertId,
  extensions,
  findRevocationGrounds,
  OID,
} from '../index.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = new Date(Math.floor(Date.now() / 1000) * 1000);
const later = (millis: number): Date => new Date(NOW.getTime() + millis);

const root = certify({ name: 'Root' });
const authority = certify({ name: 'CA', issuer: root });
const signer = certify({ name: 'Signer', issuer: authority, extensions: SIGNER });

interface Data {
  readonly crls?: readonly Uint8Array[];
  readonly ocspResponses?: readonly Uint8Array[];
}

/** What the data says of the certificate at the time: `good`, or why not. */
function status(
  { crls = [], ocspResponses = [] }: Data,
  subject = signer,
  issuer = authority,
  at = NOW,
): string {
  const material = { crls, ocspResponses, knownAt: later(0) };
  try {
    const question = { certificate: subject.certificate, issuer: issuer.certificate };
    const { grounds, refusal } = findRevocationGrounds(question, [material], { at });
    return grounds.length > 0 ? 'good' : `${refusal.reason}: ${refusal.message}`;
  } catch (error) {
    return error instanceof PkiError ? `${error.reason}: ${error.message}` : `unexpected ${String(error)}`;
  }
}

const listed = (options: Partial<ListOptions> = {}): Uint8Array => list({ issuer: authority, ...options });
const revoked = (options: Partial<ListEntry> = {}): ListEntry => ({
  certificate: signer.certificate,
  revokedAt: later(-DAY),
  ...options,
});

const deltaIndicator = (critical: boolean): Extension => ({
  oid: OID.deltaCrlIndicator,
  critical,
  value: integer(1),
});
const scope = (critical: boolean, ...fields: Uint8Array[]): Extension => ({
  oid: OID.issuingDistributionPoint,
  critical,
  value: sequence(...fields),
});
const flag = (number: number): Uint8Array => taggedPrimitive(number, Uint8Array.of(0xff));
const point = (url: string): Uint8Array => tagged(0, tagged(0, taggedPrimitive(6, Buffer.from(url))));
const certificateIssuer = (name: Uint8Array): Extension => ({
  oid: OID.certificateIssuer,
  critical: true,
  value: sequence(tagged(4, name)),
});

describe('lists of every kind, critical or not', () => {
  test('a complete list settles it', () => {
    expect(status({ crls: [listed()] })).toBe('good');
    expect(status({ crls: [listed({ entries: [revoked()] })] })).toMatch(/^revoked/);
  });

  describe.each([true, false])('critical: %s', (critical) => {
    test.each([
      ['a delta list', deltaIndicator(critical), 'a delta CRL'],
      ['a list of authorities', scope(critical, flag(2)), 'about authorities alone'],
      ['a list of attribute certificates', scope(critical, flag(5)), 'attribute certificates'],
      ['a list of some reasons', scope(critical, taggedPrimitive(3, Uint8Array.of(6, 0x40))), 'some reasons'],
      [
        'a list of another distribution point',
        scope(critical, point('http://other.test/crl')),
        'another distribution',
      ],
    ])('%s does not settle it', (_, extension, reason) => {
      expect(status({ crls: [listed({ extensions: [extension] })] })).toContain(reason);
    });

    test('what they name as revoked is revoked nevertheless', () => {
      for (const extension of [
        deltaIndicator(critical),
        scope(critical, taggedPrimitive(3, Uint8Array.of(6, 0x40))),
        scope(critical, point('http://other.test/crl')),
      ])
        expect(status({ crls: [listed({ extensions: [extension], entries: [revoked()] })] })).toMatch(
          /^revoked/,
        );
    });

    test('but attribute certificates are numbered by themselves', () => {
      const attributes = listed({ extensions: [scope(critical, flag(5))], entries: [revoked()] });
      expect(status({ crls: [attributes] })).not.toMatch(/^revoked/);
    });

    test('a list of end entities settles theirs, not that of an authority', () => {
      const users = { extensions: [scope(critical, flag(1))] };
      expect(status({ crls: [listed(users)] })).toBe('good');
      expect(status({ crls: [list({ issuer: root, ...users })] }, authority, root)).toContain(
        'not about authorities',
      );
    });

    test('a list of its own distribution point settles it', () => {
      const url = 'http://ca.test/crl';
      const leaf = certify({
        issuer: authority,
        extensions: [...SIGNER, extensions.crlDistributionPoint(url)],
      });
      expect(status({ crls: [listed({ extensions: [scope(critical, point(url))] })] }, leaf)).toBe('good');
    });

    test('an indirect list names issuers that hold for the entries after them', () => {
      const other = root.certificate.subject.der;
      const foreign = revoked({ extensions: [certificateIssuer(other)] });
      const own = revoked({ extensions: [certificateIssuer(authority.certificate.subject.der)] });
      const indirect = (entries: ListEntry[]) => listed({ extensions: [scope(critical, flag(4))], entries });
      expect(status({ crls: [indirect([foreign])] })).toBe('good');
      expect(status({ crls: [indirect([foreign, revoked()])] })).toBe('good');
      expect(status({ crls: [indirect([foreign, own])] })).toMatch(/^revoked/);
      expect(status({ crls: [indirect([revoked(), foreign])] })).toMatch(/^revoked/);
    });

    test('an extension that nobody here knows', () => {
      const unknown = { oid: '1.3.6.1.4.1.32473.9', critical, value: integer(1) };
      expect(status({ crls: [listed({ extensions: [unknown] })] })).toMatch(
        critical ? /critical CRL extension/ : /^good/,
      );
    });
  });

  test('a scope that cannot be read settles nothing', () => {
    const broken = { oid: OID.issuingDistributionPoint, critical: false, value: integer(1) };
    expect(status({ crls: [listed({ extensions: [broken] })] })).not.toBe('good');
  });

  test('a list of another authority, of another key, or by a key that may not sign lists', () => {
    expect(status({ crls: [list({ issuer: root, entries: [revoked()] })] })).toContain('no revocation data');
    const forged = listed({ signedWith: curveKey(), entries: [revoked()] });
    expect(status({ crls: [forged] })).toContain('does not verify');
    const silent = certify({
      name: 'Silent',
      issuer: root,
      extensions: [extensions.basicConstraints(true), extensions.keyUsage('keyCertSign')],
    });
    const leaf = certify({ issuer: silent, extensions: SIGNER });
    expect(status({ crls: [list({ issuer: silent })] }, leaf, silent)).toContain('may not sign CRLs');
  });
});

describe('reasons and times of revocation', () => {
  const of = (entry: Partial<ListEntry>) => listed({ entries: [revoked(entry)] });
  test('after the time that matters it does not', () => {
    expect(status({ crls: [of({ revokedAt: later(HOUR) })] })).toBe('good');
  });
  test.each([
    ['without a reason', {}],
    ['key compromise', { reason: 1 }],
    ['superseded', { reason: 4 }],
    ['a reason that nobody knows', { reason: 99 }],
  ])('%s is final, whatever newer data says', (_, entry) => {
    const older = listed({ thisUpdate: later(-2 * HOUR), entries: [revoked(entry)] });
    expect(status({ crls: [older, listed()] })).toMatch(/^revoked/);
    expect(status({ crls: [listed(), older] })).toMatch(/^revoked/);
  });
  test('a hold leaves it open, until newer data does not know it any more', () => {
    const hold = (thisUpdate: Date) => listed({ thisUpdate, entries: [revoked({ reason: 6 })] });
    expect(status({ crls: [hold(later(-HOUR))] })).toMatch(/^revocation-uncertain: .*on hold/);
    expect(status({ crls: [hold(later(-HOUR)), listed()] })).toBe('good');
    expect(status({ crls: [hold(later(0)), listed({ thisUpdate: later(-HOUR) })] })).toMatch(
      /^revocation-uncertain/,
    );
  });
  test('a delta list takes a hold off', () => {
    const base = listed({ thisUpdate: later(-HOUR), entries: [revoked({ reason: 6 })] });
    const delta = listed({ extensions: [deltaIndicator(true)], entries: [revoked({ reason: 8 })] });
    expect(status({ crls: [base, delta] })).toBe('good');
    expect(status({ crls: [base, listed({ extensions: [deltaIndicator(true)] })] })).toMatch(
      /^revocation-uncertain/,
    );
  });
  test('a key that is suspect since before the time', () => {
    const entry = { revokedAt: later(HOUR), extensions: [invalidityDate(later(-HOUR))] };
    expect(status({ crls: [of(entry)] })).toMatch(/^revocation-uncertain: .*suspect since/);
    expect(status({ crls: [of({ ...entry, extensions: [invalidityDate(later(HOUR))] })] })).toBe('good');
  });
});

describe('data from before the time that matters', () => {
  const at = (days: number, options: Partial<ListOptions> = {}) =>
    listed({ thisUpdate: later(-days * DAY), nextUpdate: later(DAY), ...options });
  test('settles it within the grace, never beyond its nextUpdate', () => {
    expect(status({ crls: [at(30)] })).toBe('good');
    expect(status({ crls: [at(32)] })).toContain('too long before');
    expect(status({ crls: [at(1, { nextUpdate: later(-HOUR) })] })).toContain('past its nextUpdate');
  });
  test('about authorities a list of last year does', () => {
    const old = list({ issuer: root, thisUpdate: later(-90 * DAY), nextUpdate: later(DAY) });
    expect(status({ crls: [old] }, authority, root)).toBe('good');
  });
  test('a revocation in stale data counts', () => {
    const stale = at(60, {
      nextUpdate: later(-50 * DAY),
      entries: [revoked({ revokedAt: later(-61 * DAY) })],
    });
    expect(status({ crls: [stale] })).toMatch(/^revoked/);
  });
  test('newest first: an old “good” does not stand against a newer “revoked”', () => {
    const good = at(2);
    const both = listed({ entries: [revoked()] });
    expect(status({ crls: [good, both] })).toMatch(/^revoked/);
    expect(status({ crls: [good], ocspResponses: [single({ status: 'revoked' })] })).toMatch(/^revoked/);
  });
});

describe('markers excuse missing data alone', () => {
  test.each([OID.noRevAvail, OID.valassuredShortTerm, OID.ocspNoCheck])('%s', (marker) => {
    const marked = certify({ issuer: authority, extensions: [...SIGNER, extensions.nullExtension(marker)] });
    const chain = [marked, authority, root].map(({ certificate }) => certificate);
    const [question] = certificatesInQuestion(chain);
    expect(question?.isExempt).toBe(true);
    const entries = [revoked({ certificate: marked.certificate })];
    expect(status({ crls: [listed({ entries })] }, marked)).toMatch(/^revoked/);
  });
  test('an authority is never excused', () => {
    const marked = certify({ issuer: root, extensions: [...CA, extensions.nullExtension(OID.noRevAvail)] });
    const [question] = certificatesInQuestion([marked.certificate, root.certificate]);
    expect(question?.isExempt).toBe(false);
  });
});

describe('weak cryptography under revocation data is named, and settles nothing', () => {
  test('SHA-1 under a list', () => {
    const weak = { ...weakDigestKey('sha1'), spki: authority.key.spki };
    expect(status({ crls: [listed({ signedWith: weak })] })).toMatch(
      /^weak-cryptography: the CRL of .*SHA-1/,
    );
  });
  test('a list beside it that is sound settles it', () => {
    const weak = { ...weakDigestKey('sha1'), spki: authority.key.spki };
    expect(status({ crls: [listed({ signedWith: weak }), listed()] })).toBe('good');
  });
  test.each([
    ['RSA of 1024 bits', () => rsaKey(1024)],
    ['secp256k1', () => curveKey('secp256k1')],
  ])('%s of the authority, or of its responder', (_, make) => {
    const weak = certify({ name: 'Weak', issuer: root, key: make() });
    const leaf = certify({ issuer: weak, extensions: SIGNER });
    expect(status({ crls: [list({ issuer: weak })] }, leaf, weak)).toMatch(
      /^weak-cryptography: the key of .*Weak/,
    );
    const responder = certify({ name: 'Responder', issuer: authority, key: make(), extensions: RESPONDER });
    expect(status({ ocspResponses: [single({ responder })] })).toMatch(
      /^weak-cryptography: the key of .*Responder/,
    );
  });
  test('SHA-1 under an answer, or under the certificate of a responder', () => {
    const weak = weakDigestKey('sha1');
    const responder = certify({ name: 'Responder', issuer: authority, key: weak, extensions: RESPONDER });
    expect(status({ ocspResponses: [single({ responder })] })).toMatch(
      /^weak-cryptography: the OCSP response/,
    );
    const certified = certify({
      issuer: authority,
      signedWith: weakDigestKey('sha1'),
      extensions: RESPONDER,
    });
    expect(status({ ocspResponses: [single({ responder: certified })] })).toMatch(
      /^weak-cryptography: the certificate/,
    );
  });
});

describe('OCSP', () => {
  test('unknown settles nothing', () => {
    expect(status({ ocspResponses: [single({ status: 'unknown' })] })).toContain('unknown to the responder');
  });
  test('an answer without nextUpdate settles what was before it', () => {
    const response = single({ nextUpdate: undefined });
    expect(status({ ocspResponses: [response] })).toBe('good');
    expect(
      status({ ocspResponses: [single({ nextUpdate: undefined, thisUpdate: later(-HOUR) })] }),
    ).toContain('nextUpdate');
  });
  test('two answers about one certificate: revoked wins, in either order', () => {
    expect(status({ ocspResponses: [single({ status: ['good', 'revoked'] })] })).toMatch(/^revoked/);
    expect(status({ ocspResponses: [single({ status: ['revoked', 'good'] })] })).toMatch(/^revoked/);
  });
  test('a responder of another authority, and one without the purpose', () => {
    const foreign = certify({ issuer: root, extensions: RESPONDER });
    expect(status({ ocspResponses: [single({ responder: foreign })] })).toContain('another authority');
    expect(status({ ocspResponses: [single({ responder: signer })] })).toContain('not for OCSP');
  });
  test('after the certificate expired an answer counts where the responder keeps such certificates', () => {
    const expired = certify({ issuer: authority, extensions: SIGNER, notAfter: later(-HOUR) });
    const before = later(-2 * HOUR);
    const cutoff = (since: Date) => [
      { oid: OID.archiveCutoff, critical: false, value: generalizedTime(since) },
    ];
    const ask = (response: Uint8Array) => status({ ocspResponses: [response] }, expired, authority, before);
    expect(ask(single({ about: expired }))).toContain('after the certificate expired');
    expect(ask(single({ about: expired, extensions: cutoff(later(-DAY)) }))).toBe('good');
    expect(ask(single({ about: expired, extensions: cutoff(later(0)) }))).toContain(
      'after the certificate expired',
    );
  });
  test('a critical extension that nobody here knows', () => {
    const unknown = [{ oid: '1.3.6.1.4.1.32473.9', critical: true, value: integer(1) }];
    expect(status({ ocspResponses: [single({ extensions: unknown })] })).toContain('critical extension');
  });
});

describe('large lists', () => {
  const COUNT = 1_000_000;
  const entry = Buffer.from(sequence(integer(1n << 62n), time(later(-DAY))));
  const million = Buffer.alloc(entry.length * COUNT);
  for (let index = 0; index < COUNT; index += 1) {
    entry.copy(million, index * entry.length);
    million.writeUInt32BE(index, index * entry.length + 6);
  }
  const raw = (content: Uint8Array): Uint8Array => {
    const { key, certificate } = authority;
    const tbs = sequence(
      integer(1),
      key.identifier,
      certificate.subject.der,
      time(NOW),
      time(later(DAY)),
      element(0x30, content),
    );
    return sequence(tbs, key.identifier, bitString(key.sign(tbs)));
  };

  test('a million entries are searched without an object for each, once or a thousand times', () => {
    const own = Buffer.from(sequence(integer(signer.certificate.fields.serialNumber), time(later(-DAY))));
    const good = raw(million);
    const bad = raw(Buffer.concat([million, own]));
    const start = performance.now();
    expect(status({ crls: [good] })).toBe('good');
    expect(status({ crls: [good, bad] })).toMatch(/^revoked/);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  test('a million entries of one number', () => {
    const same = Buffer.alloc(entry.length * COUNT);
    for (let index = 0; index < COUNT; index += 1) entry.copy(same, index * entry.length);
    const start = performance.now();
    expect(status({ crls: [raw(same)] })).toBe('good');
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  test('an indirect list of so many is named as over the bound', () => {
    const { key, certificate } = authority;
    const tbs = sequence(
      integer(1),
      key.identifier,
      certificate.subject.der,
      time(NOW),
      time(later(DAY)),
      element(0x30, million),
      tagged(0, sequence(extensions.encodeExtension(scope(true, flag(4))))),
    );
    const indirect = sequence(tbs, key.identifier, bitString(key.sign(tbs)));
    expect(status({ crls: [indirect] })).toMatch(/^over-the-bound/);
  });

  test('lists that end in the middle of an entry settle nothing', () => {
    expect(status({ crls: [raw(million.subarray(0, 1000))] })).toMatch(/^malformed/);
  });
});

interface ResponseOptions {
  readonly about?: Party;
  readonly responder?: Party;
  readonly status?: Status | readonly Status[];
  readonly thisUpdate?: Date;
  readonly nextUpdate?: Date | undefined;
  readonly extensions?: readonly Extension[];
}
type Status = 'good' | 'revoked' | 'unknown';

/** DER OCSPResponse of the authority, or of its delegate. */
function single(options: ResponseOptions): Uint8Array {
  const responder = options.responder ?? authority;
  const about = (options.about ?? signer).certificate;
  const thisUpdate = options.thisUpdate ?? NOW;
  const nextUpdate = 'nextUpdate' in options ? options.nextUpdate : later(DAY);
  const singles = [options.status ?? 'good']
    .flat()
    .map((one) =>
      sequence(
        encodeCertId(authority.certificate, about.fields.serialNumber),
        statusOf(one),
        generalizedTime(thisUpdate),
        ...(nextUpdate ? [tagged(0, generalizedTime(nextUpdate))] : []),
        ...(options.extensions
          ? [tagged(1, sequence(...options.extensions.map(extensions.encodeExtension)))]
          : []),
      ),
    );
  const key: TestKey = responder.key;
  const tbs = sequence(
    tagged(1, responder.certificate.subject.der),
    generalizedTime(NOW),
    sequence(...singles),
  );
  const basic = sequence(
    tbs,
    key.identifier,
    bitString(key.sign(tbs)),
    tagged(0, sequence(responder.certificate.der)),
  );
  return sequence(enumerated(0), tagged(0, sequence(oid(OID.ocspBasic), octetString(basic))));
}

function statusOf(status: Status): Uint8Array {
  if (status === 'good') return taggedPrimitive(0, new Uint8Array());
  if (status === 'unknown') return taggedPrimitive(2, new Uint8Array());
  return tagged(1, generalizedTime(later(-DAY)));
}
