import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CERTOMANCER, CSC_DUMMY } from '../../scripts/prerequisites.mjs';
import { identitySchema } from '../../src/contract/model/identity.ts';
import { otherProviderSchema } from '../../src/contract/model/provider.ts';
import { Optimizer, openSigningService } from '../../src/optimizer/index.ts';
import { describeWithJudge } from '../conformance/judges/at-hand.ts';
import { freePort } from '../support/local-server.ts';
import { openssl } from '../support/openssl.ts';

const DOCUMENTS = ['pdftex.pdf', 'chromium.pdf'].map((name) => join(import.meta.dirname, '../corpus', name));
const FONT = join(import.meta.dirname, '../../resources/fonts/NotoSans-Regular.ttf');

/** An authority with an RSA and an EC signer, a time-stamp authority, and nothing of ours. */
const certomancer = (port: number): string => `
external-url-prefix: "http://127.0.0.1:${port}"
keysets:
  t:
    path-prefix: keys
    keys: {root: {path: root.pem}, interm: {path: interm.pem}, tsa: {path: tsa.pem}, rsa: {path: rsa.pem}, ec: {path: ec.pem}}
pki-architectures:
  t:
    keyset: t
    entity-defaults: {country-name: ES, organization-name: Test}
    entities:
      root: {common-name: Test Root}
      interm: {common-name: Test Issuing CA}
      tsa: {common-name: Test TSA}
      rsa: {common-name: ANA PRUEBA}
      ec: {common-name: Prueba Ana}
    certs:
      root:
        {subject: root, subject-key: root, issuer: root, authority-key: root,
         validity: {valid-from: "2020-01-01T00:00:00+0000", valid-to: "2050-01-01T00:00:00+0000"},
         profiles: [{id: simple-ca, params: {crl-repo: root}}]}
      interm:
        {issuer: root, validity: {valid-from: "2020-01-01T00:00:00+0000", valid-to: "2045-01-01T00:00:00+0000"},
         profiles: [{id: simple-ca, params: {max-path-len: 0, crl-repo: interm}}]}
      tsa:
        issuer: root
        validity: {valid-from: "2020-01-01T00:00:00+0000", valid-to: "2040-01-01T00:00:00+0000"}
        extensions:
          - {id: key_usage, critical: true, smart-value: {schema: key-usage, params: [digital_signature]}}
          - {id: extended_key_usage, critical: true, value: [time_stamping]}
      rsa: {issuer: interm, validity: {valid-from: "2024-01-01T00:00:00+0000", valid-to: "2035-01-01T00:00:00+0000"}, profiles: [digsig-commitment]}
      ec: {issuer: interm, validity: {valid-from: "2024-01-01T00:00:00+0000", valid-to: "2035-01-01T00:00:00+0000"}, profiles: [digsig-commitment]}
    services:
      crl-repo:
        root: {for-issuer: root, signing-key: root, simulated-update-schedule: "P90D"}
        interm: {for-issuer: interm, signing-key: interm, simulated-update-schedule: "P30D"}
      time-stamping:
        tsa: {signing-key: tsa, signing-cert: tsa}
`;

describeWithJudge('certomancer-csc-dummy', 'a CSC server that is not ours', () => {
  const running: ChildProcess[] = [];
  let directory: string;
  let url: string;
  let tsaUrl: string;
  let anchors: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'csc-dummy-'));
    mkdirSync(join(directory, 'keys'));
    for (const name of ['root', 'interm', 'tsa', 'rsa']) generate(name, 'RSA', 'rsa_keygen_bits:2048');
    generate('ec', 'EC', 'ec_paramgen_curve:P-256');
    const [cscPort, tsaPort] = [await freePort(), await freePort()];
    const config = join(directory, 'certomancer.yml');
    writeFileSync(config, certomancer(tsaPort));
    anchors = execFileSync(CERTOMANCER, ['--config', config, 'summon', 't', 'root'], {
      cwd: directory,
    }).toString();
    running.push(spawn(CSC_DUMMY, [config, String(cscPort), '2'], { cwd: directory, stdio: 'ignore' }));
    running.push(
      spawn(CERTOMANCER, ['--config', config, 'animate', '--port', String(tsaPort)], {
        cwd: directory,
        stdio: 'ignore',
      }),
    );
    await Promise.all([cscPort, tsaPort].map(listening));
    url = `http://localhost:${cscPort}`;
    tsaUrl = `http://127.0.0.1:${tsaPort}/t/tsa/tsa`;
  }, 60_000);

  afterAll(async () => {
    for (const child of running.filter(({ exitCode }) => exitCode === null)) {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    }
    await rm(directory, { recursive: true, force: true });
  });

  const generate = (name: string, algorithm: string, option: string) =>
    openssl(
      ...['genpkey', '-quiet', '-algorithm', algorithm, '-pkeyopt', option],
      ...['-out', join(directory, 'keys', `${name}.pem`)],
    );

  it.each(['rsa', 'ec'])(
    'signs two documents with its %s key, stamped by an authority of its own',
    async (key) => {
      const provider = otherProviderSchema.parse({
        kind: 'csc',
        url,
        version: '1',
        credential: { type: 'fixed', id: `t/${key}` },
        // It never asks anybody for anything.
        withoutCode: true,
      });
      const service = openSigningService({ ...provider, secrets: {} });
      const optimizer = await Optimizer.open({
        dataDirectory: join(directory, key),
        service,
        anchors,
        signatureFontPath: FONT,
        timestampUrls: [tsaUrl],
      });
      try {
        const { id } = await optimizer.create({
          identity: identitySchema.parse({
            givenName: 'Ana',
            surname1: 'Prueba',
            idDocument: { type: 'IDC', country: 'ES', number: '10000001X' },
            mobilePhone: '+34600100001',
          }),
          documents: DOCUMENTS.map((path) => ({ path })),
          profile: 'csc',
          registrationAuthority: '1',
          level: 'B-T',
          deliverTo: directory,
        });
        await optimizer.register(id);
        await optimizer.prepare(id);
        await optimizer.confirmReview(id);
        await optimizer.sendCode(id);
        await optimizer.sign(id, { type: 'otp', code: '0000' });
        const reports = await optimizer.deliver(id);
        expect(
          reports.map(({ signatures }) => signatures.map(({ verdict, level }) => [verdict, level])),
        ).toEqual([[['valid', 'B-T']], [['valid', 'B-T']]]);
      } finally {
        await optimizer.close();
        await service.close();
      }
    },
  );
});

/** Until somebody listens there. */
async function listening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (isOpen) return;
    await pause(200);
  }
  throw new Error(`nobody listens at port ${port}`);
}
