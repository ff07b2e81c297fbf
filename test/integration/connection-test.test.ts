import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestedAccess, testConnection } from '../../src/doctor/index.ts';
import { type RunningService, SANDBOX_OFFICER, startSignatureService } from '../../src/service/index.ts';
import { makeTlsCertificates } from '../support/tls-certificates.ts';

describe('the test of a connection, against a service with mutual TLS', () => {
  const tls = makeTlsCertificates();
  let folder: string;
  let service: RunningService;
  let good: TestedAccess;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'connection-test-'));
    service = await startSignatureService({
      mode: 'sandbox',
      dataDirectory: folder,
      logLevel: 'silent',
      api: { tls: tls.server },
    });
    const { username, password, pin } = SANDBOX_OFFICER;
    good = {
      baseUrl: service.ready.apiUrl,
      tls: { ca: tls.text('authority.pem'), cert: tls.text('station.pem'), key: tls.text('station.key') },
      credentials: { username, password, pin },
      anchors: service.ready.sandbox?.anchorPem ?? '',
      profile: undefined,
    };
  });
  afterAll(async () => {
    await service.close();
    await rm(folder, { recursive: true });
  });

  /** Outcomes by check, with the reason where there is one. */
  async function outcomes(changes: Partial<TestedAccess>, now = () => new Date()) {
    const { findings } = await testConnection({ ...good, ...changes }, now);
    return Object.fromEntries(
      findings.map(({ check, outcome, reason }) => [
        check,
        reason === undefined ? outcome : `${outcome}: ${reason}`,
      ]),
    );
  }

  it('says that all is well, and that it is a sandbox', async () => {
    expect(await outcomes({})).toEqual({
      address: 'passed',
      tls: 'passed',
      answer: 'passed',
      environment: 'warning: sandbox',
      clock: 'passed',
      anchor: 'passed',
      credentials: 'passed',
      offer: 'passed: noLimit',
      contract: 'passed',
      timestamps: 'passed',
    });
  });

  it('shows whose TLS certificate it is and until when', async () => {
    const { findings } = await testConnection(good, () => new Date());
    expect(findings.find(({ check }) => check === 'tls')?.facts).toMatchObject({
      subject: 'CN=server, O=Operator',
      issuer: 'CN=authority, O=Operator',
      notAfter: expect.stringMatching(/^\d{4}-/),
      protocol: 'TLSv1.3',
    });
  });

  it.each([
    ['a name that nobody has', 'https://station.invalid:8443', 'failed: nameUnknown'],
    ['a port where nobody listens', 'https://127.0.0.1:1', 'failed: refused'],
  ])('stops at %s', async (_what, baseUrl, address) => {
    expect(await outcomes({ baseUrl })).toEqual({
      address,
      tls: 'notChecked',
      answer: 'notChecked',
      environment: 'notChecked',
      clock: 'notChecked',
      anchor: 'notChecked',
      credentials: 'notChecked',
      offer: 'notChecked',
      contract: 'notChecked',
      timestamps: 'notChecked',
    });
  });

  it('does not go on with a server that it cannot believe', async () => {
    const { ca: _, ...withoutAuthority } = good.tls;
    expect(await outcomes({ tls: withoutAuthority })).toMatchObject({
      tls: 'failed: untrusted',
      answer: 'notChecked',
    });
    const baseUrl = good.baseUrl.replace('127.0.0.1', 'localhost');
    expect(await outcomes({ baseUrl })).toMatchObject({ tls: 'failed: wrongName', answer: 'notChecked' });
  });

  it('tells a missing client certificate from one that the server does not know', async () => {
    const { ca = '' } = good.tls;
    expect(await outcomes({ tls: { ca } })).toMatchObject({ answer: 'failed: clientCertificateNeeded' });
    const stranger = { ca, cert: tls.text('stranger.pem'), key: tls.text('stranger.key') };
    expect(await outcomes({ tls: stranger })).toMatchObject({ answer: 'failed: clientCertificateRefused' });
  });

  it('notices clocks that are apart', async () => {
    const ahead = (seconds: number) => () => new Date(Date.now() + seconds * 1000);
    expect(await outcomes({}, ahead(20))).toMatchObject({ clock: 'warning: clockApart' });
    expect(await outcomes({}, ahead(-300))).toMatchObject({ clock: 'failed: clockApart' });
  });

  it('notices an anchor that is missing or of another service', async () => {
    expect(await outcomes({ anchors: '' })).toMatchObject({
      anchor: 'failed: noAnchor',
      credentials: 'passed',
    });
    expect(await outcomes({ anchors: tls.text('authority.pem') })).toMatchObject({
      anchor: 'failed: otherAuthority',
    });
  });

  it('notices credentials that are missing or wrong, and a profile that is not offered', async () => {
    expect(await outcomes({ credentials: undefined })).toMatchObject({ credentials: 'failed: notStored' });
    const credentials = { username: 'officer', password: 'wrong', pin: '1' };
    expect(await outcomes({ credentials, profile: 'gold' })).toMatchObject({
      environment: 'failed: profileUnknown',
      credentials: 'failed: refusedCredentials',
    });
  });
});
