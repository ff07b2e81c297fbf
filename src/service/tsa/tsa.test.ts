import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { asFile, openssl } from '../../../test/support/openssl.ts';
import { makeSandbox } from '../../../test/support/sandbox.ts';
import { OssError } from '../../contract/errors.ts';
import {
  digest,
  parseTimestampResponse,
  parseTimestampToken,
  toPem,
  verifyTimestampToken,
} from '../../pki/index.ts';
import type { Authorities } from '../ca/authority.ts';
import { ClockGuard } from './clock-guard.ts';
import { createTsa, type TsaOptions } from './time-stamp-authority.ts';

let authorities: Authorities;
beforeAll(async () => {
  ({ authorities } = await makeSandbox());
});

const makeTsa = (overrides: Partial<TsaOptions> = {}) =>
  createTsa({
    authorities,
    clockGuard: { now: () => new Date() },
    randomBytes,
    onFailure: (error) => {
      throw error;
    },
    ...overrides,
  });

/** A request as OpenSSL writes it. */
function query(...args: readonly string[]): Buffer {
  const hash = args.includes('-digest') ? [] : ['-digest', 'ab'.repeat(32), '-sha256'];
  const path = asFile('', 'request.tsq');
  openssl('ts', '-query', ...hash, ...args, '-out', path);
  return readFileSync(path);
}

describe('the time-stamp authority', () => {
  test.each([
    [['-cert']],
    [['-cert', '-no_nonce']],
    [['-cert', '-tspolicy', '1.3.6.1.4.1.32473.1.2']],
    [['-cert', '-digest', 'cd'.repeat(64), '-sha512']],
    [['-cert', '-digest', 'cd'.repeat(48), '-sha384']],
  ])('answers a request of OpenSSL with %j, and OpenSSL accepts', async (args) => {
    const request = query(...args);
    const response = await makeTsa().respond(request);
    const root = asFile(toPem(authorities.root.certificate.der));
    const verdict = openssl(
      ...['ts', '-verify', '-queryfile', asFile(request), '-in', asFile(response), '-CAfile', root],
    );
    expect(verdict).toContain('Verification: OK');
  });

  test('states policy, accuracy of a second, whole seconds and no ordering (TS-02)', async () => {
    const text = openssl('ts', '-reply', '-in', asFile(await makeTsa().respond(query('-cert'))), '-text');
    expect(text).toContain('Policy OID: 1.3.6.1.4.1.32473.1.2');
    expect(text).toContain('Accuracy: 0x01 seconds, unspecified millis, unspecified micros');
    expect(text).toContain('Ordering: no');
    expect(text).toMatch(/Time stamp: \w+ +\d+ \d\d:\d\d:\d\d \d{4} GMT/);
  });

  test('gives certificates only when asked (TS-05)', async () => {
    const certificatesFor = async (...args: string[]) =>
      parseTimestampToken(parseTimestampResponse(await makeTsa().respond(query(...args)))).signedData
        .certificates;
    expect(await certificatesFor('-cert')).toHaveLength(1);
    expect(await certificatesFor()).toHaveLength(0);
  });

  test('stamps our own signatures by the same path, within the declared size', async () => {
    const tsa = makeTsa();
    const imprint = digest('sha256', Buffer.from('signature value'));
    const { token, genTime } = await tsa.timestamp(imprint);
    expect(parseTimestampToken(token).info.genTime).toEqual(genTime);
    const anchors = [authorities.root.certificate];
    const verified = verifyTimestampToken(token, { imprint: () => imprint, anchors, at: new Date() });
    expect(verified.tsaCertificate.fingerprint).toBe(authorities.tsa.certificate.fingerprint);
    expect(token.length).toBeLessThanOrEqual(await tsa.largestTokenBytes());
  });

  test('serial numbers never repeat, across instances too (TS-08)', async () => {
    const imprint = digest('sha256', Buffer.from('x'));
    const tsas = [makeTsa(), makeTsa()];
    const tokens = await Promise.all(
      Array.from({ length: 200 }, (_, index) => tsas[index % 2]?.timestamp(imprint)),
    );
    const serials = tokens.map(
      (stamp) => parseTimestampToken(stamp?.token ?? new Uint8Array()).info.serialNumber,
    );
    expect(new Set(serials).size).toBe(200);
  });
});

describe('a request is refused with the failure that RFC 3161 names (TS-07)', () => {
  const versionTwo = () => {
    const request = query();
    const at = request.indexOf(Buffer.from([2, 1, 1]));
    request[at + 2] = 2;
    return request;
  };
  /** The request of RFC 3161 with one extension, and with a hash cut short. */
  const template = (imprint: string, tail = '') => {
    const body = Buffer.from(`020101${imprint}${tail}`, 'hex');
    return Buffer.concat([Uint8Array.of(0x30, body.length), body]);
  };
  const sha256 = (bytes: number) => {
    const hash = `04${bytes.toString(16).padStart(2, '0')}${'ab'.repeat(bytes)}`;
    const algorithm = '300b0609608648016503040201';
    return `30${(algorithm.length / 2 + hash.length / 2).toString(16)}${algorithm}${hash}`;
  };

  test.each<[string, () => Uint8Array]>([
    ['badAlg', () => query('-digest', 'ab'.repeat(20), '-sha1')],
    ['badRequest', versionTwo],
    ['badDataFormat', () => Buffer.from('not a request')],
    ['badDataFormat', () => template(sha256(31))],
    ['unacceptedPolicy', () => query('-tspolicy', '1.2.3.4')],
    ['unacceptedExtension', () => template(sha256(32), 'a009300706032a03040400')],
  ])('%s', async (failure, request) => {
    const response = await makeTsa().respond(request());
    expect(() => parseTimestampResponse(response)).toThrow(failure);
    expect(openssl('ts', '-reply', '-in', asFile(response), '-text')).toContain('Status: Rejected');
  });

  test('the hand-made requests are sound where they are not meant to fail', async () => {
    expect(parseTimestampResponse(await makeTsa().respond(template(sha256(32))))).toBeInstanceOf(Uint8Array);
  });

  test('timeNotAvailable, and the reason reaches our own signing as an error of the table', async () => {
    const clockGuard = {
      now: () => {
        throw new OssError('OSS_TIME_NOT_AVAILABLE', { reason: 'the clock jumped' });
      },
    };
    const tsa = makeTsa({ clockGuard });
    const response = await tsa.respond(query());
    expect(() => parseTimestampResponse(response)).toThrow('timeNotAvailable');
    await expect(tsa.timestamp(new Uint8Array(32))).rejects.toMatchObject({ code: 'OSS_TIME_NOT_AVAILABLE' });
  });

  test('systemFailure when the key or the certificate fails, told to the operator and not to the client', async () => {
    const failures: unknown[] = [];
    const onFailure = (error: unknown) => failures.push(error);
    const broken = {
      ...authorities.tsa,
      signer: { ...authorities.tsa.signer, sign: () => Promise.reject(new Error('slot 3 is gone')) },
    };
    const without = makeTsa({ authorities: { ...authorities, tsa: broken }, onFailure });
    const expired = makeTsa({ clockGuard: { now: () => new Date('2060-01-01') }, onFailure });
    for (const tsa of [without, expired]) {
      const response = Buffer.from(await tsa.respond(query()));
      expect(() => parseTimestampResponse(response)).toThrow('systemFailure');
      expect(response.toString('latin1')).not.toContain('slot 3');
    }
    expect(failures).toHaveLength(2);
  });
});

describe('the guarded clock (TS-10)', () => {
  function clocks() {
    const state = { wall: Date.parse('2026-06-01T23:59:50Z'), elapsed: 0 };
    const guard = new ClockGuard({ clock: () => new Date(state.wall), monotonic: () => state.elapsed });
    const pass = (elapsed: number, wall = elapsed) => {
      state.elapsed += elapsed;
      state.wall += wall;
    };
    const reading = () => {
      try {
        return guard.now().toISOString();
      } catch (error) {
        return error instanceof OssError ? error.code : String(error);
      }
    };
    return { pass, reading, observe: () => guard.observe() };
  }

  test('gives the time while both clocks agree', () => {
    const { pass, reading } = clocks();
    pass(5000, 5100);
    expect(reading()).toBe('2026-06-01T23:59:55.100Z');
  });

  test.each([3_600_000, -3_600_000, 1000, -1000])(
    'stops after a jump of %i ms, until the clock has settled',
    (jump) => {
      const { pass, reading } = clocks();
      expect(reading()).toBe('2026-06-01T23:59:50.000Z');
      pass(4000, 4000 + jump);
      expect(reading()).toBe('OSS_TIME_NOT_AVAILABLE');
      pass(4999);
      expect(reading()).toBe('OSS_TIME_NOT_AVAILABLE');
      pass(1);
      const settled = reading();
      // Set back behind a time already certified, it stays stopped until that time has come again.
      if (jump < -9000) expect(settled).toBe('OSS_TIME_NOT_AVAILABLE');
      else expect(settled).toBe(new Date(Date.parse('2026-06-01T23:59:59Z') + jump).toISOString());
    },
  );

  test('observed regularly, it has settled after a sleep before anybody asks, and follows a slow drift', () => {
    const { pass, reading, observe } = clocks();
    pass(1000, 8 * 3_600_000);
    for (let second = 0; second < 7; second += 1) {
      observe();
      pass(1000, 1100);
    }
    expect(reading()).toMatch(/^2026-06-02T07:59:5/);
  });

  test('real clocks read a hundred thousand times in a row never seem to go back', () => {
    const guard = new ClockGuard({ clock: () => new Date(), monotonic: () => performance.now() });
    for (let reading = 0; reading < 100_000; reading += 1) guard.now();
  });

  test.each([3_600_000, 365 * 24 * 3_600_000])(
    'set right again after it had jumped by %i ms and certified that, it gives the right time',
    (jump) => {
      const { pass, reading } = clocks();
      pass(1000);
      reading();
      pass(1000, 1000 + jump);
      reading();
      pass(6000);
      expect(reading()).not.toBe('OSS_TIME_NOT_AVAILABLE');
      pass(60_000);
      reading();
      pass(1000, 1000 - jump);
      expect(reading()).toBe('OSS_TIME_NOT_AVAILABLE');
      pass(6000);
      expect(reading()).toBe('2026-06-02T00:01:05.000Z');
    },
  );

  test('never gives a time before one that it gave while the clock was right', () => {
    const { pass, reading } = clocks();
    pass(1000);
    const right = reading();
    pass(1000, 3_600_000);
    reading();
    pass(6000);
    reading();
    // Set back too far: there the clock has never been.
    pass(1000, -3_700_000);
    reading();
    pass(6000);
    expect(reading()).toBe('OSS_TIME_NOT_AVAILABLE');
    pass(1000, 101_000);
    reading();
    pass(6000);
    expect(reading() > right).toBe(true);
  });

  test('a second jump while settling starts the wait again', () => {
    const { pass, reading } = clocks();
    pass(1000, 9000);
    expect(reading()).toBe('OSS_TIME_NOT_AVAILABLE');
    pass(4000, 6000);
    expect(reading()).toBe('OSS_TIME_NOT_AVAILABLE');
    pass(4000);
    expect(reading()).toBe('OSS_TIME_NOT_AVAILABLE');
    pass(1000);
    expect(reading()).toMatch(/^2026/);
  });
});
