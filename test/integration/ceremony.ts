import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toPem } from '../../src/pki/index.ts';
import {
  certifyRequest,
  generateAuthorityKeys,
  importAuthorityKey,
  importRootCrl,
  makeRootCrl,
  openCustody,
} from '../../src/service/authority-keys/index.ts';
import { makeServerCertificates } from './production-config.ts';

type Machine = 'vault' | 'service';
type Role = 'issuing' | 'tsa' | 'ocsp-root';

export const ORDER = {
  ...{ organization: 'Example Bank', country: 'ES', policy: '1.3.6.1.4.1.99999.1.1' },
  timestampPolicy: '1.3.6.1.4.1.99999.1.2',
};

/** What the officer of the first day logs in and approves with. */
export const OFFICER = { username: 'maria', password: 'a better password', pin: '750316' } as const;

/**
 * A bank's hierarchy below a root that no network reaches: the machine of the root, and the one of the service. Nothing
 * is shared but files.
 */
export async function ceremonyIn(folder: string) {
  const file = (...names: string[]): string => join(folder, ...names);
  for (const machine of ['vault', 'service']) {
    await mkdir(file(machine));
    await writeFile(file(machine, 'master'), randomBytes(32).toString('hex'), { mode: 0o600 });
  }
  await writeFile(file('password'), OFFICER.password);
  await writeFile(file('pin'), OFFICER.pin);
  const configOf = (machine: Machine) => ({
    ...{
      mode: 'production',
      dataDirectory: file(machine, 'data'),
      logLevel: 'silent',
      publicUrl: 'http://pki.example.com',
    },
    masterSecret: { from: 'file', path: file(machine, 'master') },
  });
  const custodyOf = (machine: Machine) => openCustody(configOf(machine));
  /** Requests out, certificates in. */
  const certify = async (roles: readonly Role[], rollOver: readonly string[] = []): Promise<void> => {
    const requests = file('requests');
    await generateAuthorityKeys(custodyOf('service'), {
      ...{ organization: 'Example Bank', country: 'ES', requestsTo: requests, roles, rollOver },
    });
    for (const role of roles) {
      const request = await readFile(join(requests, `${role}.csr`), 'utf8');
      const certificate = await certifyRequest(custodyOf('vault'), role, request, ORDER);
      const root = await custodyOf('vault').directory.read('root');
      const certificates = toPem(certificate.der) + toPem(root?.der as Uint8Array);
      await importAuthorityKey(custodyOf('service'), { role, certificates });
    }
  };
  return {
    file,
    custodyOf,
    certify,
    async firstDay(): Promise<void> {
      await generateAuthorityKeys(custodyOf('vault'), { ...ORDER, roles: ['root'] });
      await certify(['issuing', 'tsa', 'ocsp-root']);
      await generateAuthorityKeys(custodyOf('service'), { ...ORDER, roles: ['ocsp-issuing'] });
      await importRootCrl(custodyOf('service'), await makeRootCrl(custodyOf('vault'), 90));
    },
    /** Of the service's machine, with the TLS files that `makeServerCertificates` leaves in the folder. */
    serviceConfig: () => ({
      ...configOf('service'),
      api: { tls: makeServerCertificates(folder) },
      initialOfficer: {
        ...{ username: OFFICER.username, displayName: 'Maria', registrationAuthorities: ['1000'] },
        ...{ passwordFile: file('password'), pinFile: file('pin') },
      },
    }),
  };
}
