import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Hierarchy,
  makeCertificate,
  makeHierarchy,
  NOW,
  type TestAuthority,
  TSA_EXTENSIONS,
} from '../../../test/support/pki-hierarchy.ts';
import { OssError } from '../../contract/errors.ts';
import type { SourceAttempt } from '../../contract/model/transaction.ts';
import {
  buildTimestampRejection,
  buildTimestampResponse,
  buildTimestampToken,
  CertificateCache,
  digest,
  messageImprint,
  OID,
  parseTimestampRequest,
  type TimestampRequest,
} from '../../pki/index.ts';
import { obtainTimestamp, type TimestampOrder, TokenTooLarge } from './obtain-timestamp.ts';
import type { TimestampAuthority } from './port.ts';

const DIGEST = digest('sha256', Buffer.from('a document'));

let hierarchy: Hierarchy;
beforeAll(async () => {
  hierarchy = await makeHierarchy();
});

interface Deviation {
  readonly authority?: TestAuthority;
  readonly genTime?: Date;
  readonly request?: (request: TimestampRequest) => Partial<TimestampRequest>;
}

/** An authority as RFC 3161 describes it, with the deviation a test asks for. */
const authorityAt = (
  url: string,
  { authority, genTime, request: change }: Deviation = {},
): TimestampAuthority => ({
  url,
  query: async (der) => {
    const { certificate, signer } = authority ?? hierarchy.tsa;
    const asked = parseTimestampRequest(der);
    const { imprint, nonce } = { ...asked, ...change?.(asked) };
    const token = await buildTimestampToken(
      {
        policy: '1.3.6.1.4.1.32473.1.2',
        imprint: imprint.der,
        serialNumber: Uint8Array.of(7),
        genTime: genTime ?? NOW,
        accuracySeconds: 1,
        nonce,
        certificate: certificate.der,
        chain: [],
        embedCertificates: true,
      },
      signer,
    );
    return buildTimestampResponse(token);
  },
});

const down: TimestampAuthority = {
  url: 'http://down.example/',
  query: async () => {
    throw new OssError('OSS_SOURCE_FAILED', { reason: 'no connection' });
  },
};

async function obtain(authorities: TimestampAuthority[], more: Partial<TimestampOrder> = {}) {
  const attempts: SourceAttempt[] = [];
  const outcome = await obtainTimestamp({
    digest: DIGEST,
    authorities,
    anchors: [hierarchy.root.certificate],
    pool: [],
    certificates: new CertificateCache(),
    now: () => NOW,
    notBefore: NOW,
    maxBytes: 16_384,
    issuersOf: async () => [],
    requireNotRevoked: async () => undefined,
    onAttempt: async (attempt) => {
      attempts.push(attempt);
    },
    ...more,
  }).then(
    () => 'stamped',
    (error: unknown) => (error instanceof OssError ? error.code : error),
  );
  return { outcome, attempts };
}

describe('a time stamp from several authorities', () => {
  it('comes from the first where that one works; no other is asked', async () => {
    const { outcome, attempts } = await obtain([authorityAt('http://first.example/'), down]);
    expect(outcome).toBe('stamped');
    expect(attempts).toEqual([{ purpose: 'timestamp', url: 'http://first.example/', outcome: 'used' }]);
  });

  it('comes from the next one where the first is down, and both attempts are told', async () => {
    const { outcome, attempts } = await obtain([down, authorityAt('http://second.example/')]);
    expect(outcome).toBe('stamped');
    expect(attempts).toEqual([
      { purpose: 'timestamp', url: down.url, outcome: 'failed', reason: 'no connection' },
      { purpose: 'timestamp', url: 'http://second.example/', outcome: 'used' },
    ]);
  });

  it('is an error that says so where none is left, or none was configured', async () => {
    expect((await obtain([down, down])).outcome).toBe('OSS_TIMESTAMP_FAILED');
    expect((await obtain([])).outcome).toBe('OSS_TIMESTAMP_FAILED');
  });
});

describe('an authority that ends soon', () => {
  const inADay = new Date(NOW.getTime() + 24 * 60 * 60_000);

  it('is passed over where what it stamps must last, and the reason names its certificate and the day', async () => {
    const { root } = hierarchy;
    const ending = await makeCertificate({
      ...{ commonName: 'Ending TSA', issuer: root, extensions: TSA_EXTENSIONS, notAfter: inADay },
    });
    const authorities = [
      authorityAt('http://ending.example/', { authority: ending }),
      authorityAt('http://lasting.example/'),
    ];
    expect((await obtain(authorities)).attempts).toHaveLength(1);
    const lastingUntil = new Date(inADay.getTime() + 1);
    const { outcome, attempts } = await obtain(authorities, { lastingUntil });
    expect(outcome).toBe('stamped');
    expect(attempts[0]?.reason).toContain(`Ending TSA expires on ${inADay.toISOString()}`);
    expect(attempts[1]?.outcome).toBe('used');
    expect((await obtain(authorities, { lastingUntil: inADay })).attempts).toHaveLength(1);
  });

  it('by the date table, too', async () => {
    const short = await makeCertificate({
      ...{ commonName: 'Short TSA', issuer: hierarchy.root, extensions: TSA_EXTENSIONS, keyType: 'rsa' },
      notAfter: new Date('2040-01-01T00:00:00Z'),
    });
    const authorities = [authorityAt('http://short.example/', { authority: short })];
    const until = (lastingUntil: string) => obtain(authorities, { lastingUntil: new Date(lastingUntil) });
    expect((await until('2029-01-01T00:00:00Z')).outcome).toBe('stamped');
    const { outcome, attempts } = await until('2029-01-02T00:00:00Z');
    expect(outcome).toBe('OSS_TIMESTAMP_FAILED');
    expect(attempts[0]?.reason).toContain('a key that is too short');
  });
});

describe('a policy that asks for more than SHA-256', () => {
  const document = Buffer.from('a document');
  const sha256 = { hashOid: OID.sha256, der: messageImprint(digest('sha256', document)) };

  it.each(['sha256', 'sha384', 'sha512'] as const)(
    '%s is asked for, and nothing else is taken',
    async (hash) => {
      const asked: string[] = [];
      const honest = authorityAt('http://honest.example/', {
        request: ({ imprint }) => {
          asked.push(imprint.hashOid);
          return {};
        },
      });
      const other = authorityAt('http://other.example/', {
        request: ({ imprint }) => ({ imprint: { ...imprint, ...sha256 } }),
      });
      const given = { hash, digest: digest(hash, document) };
      const { outcome, attempts } = await obtain([other, honest], given);
      expect(outcome).toBe('stamped');
      expect(attempts).toHaveLength(hash === 'sha256' ? 1 : 2);
      if (hash !== 'sha256') expect(asked).toEqual([OID[hash]]);
    },
  );
});

describe('a time stamp that does not hold is passed over (TS-14)', () => {
  const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000);
  const deviations: Record<string, () => Deviation> = {
    'another nonce': () => ({ request: ({ nonce }) => ({ nonce: (nonce ?? 0n) + 1n }) }),
    'no nonce': () => ({ request: () => ({ nonce: undefined }) }),
    'another imprint': () => ({
      request: ({ imprint }) => ({ imprint: { ...imprint, der: flipped(imprint.der) } }),
    }),
    'a certificate for something else': () => ({ authority: hierarchy.signer }),
    'a time ten minutes ahead': () => ({ genTime: minutes(10) }),
    'a time ten minutes ago': () => ({ genTime: minutes(-10) }),
  };
  const flipped = (bytes: Uint8Array) =>
    Uint8Array.from(bytes, (octet, at) => (at === bytes.length - 1 ? octet ^ 1 : octet));

  it('a time clearly before one that it covers', async () => {
    const early = authorityAt('http://bad.example/', { genTime: minutes(-3) });
    expect((await obtain([early], { notBefore: minutes(1) })).outcome).toBe('stamped');
    expect((await obtain([early], { notBefore: minutes(3) })).outcome).toBe('OSS_TIMESTAMP_FAILED');
  });

  it.each(Object.entries(deviations))('%s', async (_what, deviation) => {
    const bad = authorityAt('http://bad.example/', deviation());
    const { outcome, attempts } = await obtain([bad, authorityAt('http://good.example/')]);
    expect(outcome).toBe('stamped');
    expect(attempts.map(({ url, outcome: each }) => `${url} ${each}`)).toEqual([
      'http://bad.example/ failed',
      'http://good.example/ used',
    ]);
  });

  it('one of a stranger', async () => {
    const stranger = await makeHierarchy();
    const { outcome } = await obtain([authorityAt('http://stranger.example/', { authority: stranger.tsa })]);
    expect(outcome).toBe('OSS_TIMESTAMP_FAILED');
  });

  it('a refusal, garbage, and a token that is too large', async () => {
    const responding = (bytes: Uint8Array): TimestampAuthority => ({
      url: 'http://x.example/',
      query: async () => bytes,
    });
    const { attempts, outcome } = await obtain([
      responding(buildTimestampRejection('timeNotAvailable', 'no')),
      responding(Buffer.from('<html>')),
    ]);
    expect(outcome).toBe('OSS_TIMESTAMP_FAILED');
    expect(attempts[0]?.reason).toContain('timeNotAvailable');
    expect((await obtain([authorityAt('http://x.example/')], { maxBytes: 100 })).outcome).toBeInstanceOf(
      TokenTooLarge,
    );
  });

  it('a fault of our own is not blamed on the authority', async () => {
    const broken: TimestampAuthority = {
      url: 'http://x.example/',
      query: async () => {
        throw new TypeError('a bug');
      },
    };
    expect((await obtain([broken])).outcome).toBeInstanceOf(TypeError);
  });
});
