/** The directory of authority certificates: `<name>.pem`, replaced ones under `retired/`, an offline root's `root.crl`. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { listIfPresent, readIfPresent, writeFileDurably } from '../../base/durable-file.ts';
import { OssError } from '../../contract/errors.ts';
import { type Certificate, certificatesFromPem, toPem } from '../../pki/index.ts';
import { AUTHORITY_NAMES, type AuthorityName } from './authority.ts';

const RETIRED = 'retired';
const OFFLINE_ROOT_CRL = 'root.crl';

export class AuthorityDirectory {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Undefined if there is none. @throws OssError OSS_CONFIG_INVALID if the file holds no certificate. */
  async read(name: AuthorityName): Promise<Certificate | undefined> {
    const [certificate] = await this.#readPem(join(this.#path, `${name}.pem`));
    return certificate;
  }

  /** Stores a certificate; the one it replaces stays known, because documents out there refer to it. */
  async replace(name: AuthorityName, certificate: Certificate): Promise<void> {
    await mkdir(join(this.#path, RETIRED), { recursive: true, mode: 0o700 });
    const former = await this.read(name);
    if (former !== undefined) {
      const path = join(this.#path, RETIRED, `${name}-${former.serialHex}.pem`);
      await writeFileDurably(path, toPem(former.der));
    }
    await writeFileDurably(join(this.#path, `${name}.pem`), toPem(certificate.der));
  }

  /** Remembers a certificate of no authority of this service, or for a key elsewhere: OCSP may call it good (OC-03). */
  async keepIssued(name: string, certificate: Certificate): Promise<void> {
    await mkdir(join(this.#path, RETIRED), { recursive: true, mode: 0o700 });
    const path = join(this.#path, RETIRED, `${name}-${certificate.serialHex}.pem`);
    await writeFileDurably(path, toPem(certificate.der));
  }

  /** Current and retired certificates. */
  async readAll(): Promise<Certificate[]> {
    const retired = await listIfPresent(join(this.#path, RETIRED));
    const paths = [
      ...AUTHORITY_NAMES.map((name) => join(this.#path, `${name}.pem`)),
      ...retired.filter((file) => file.endsWith('.pem')).map((file) => join(this.#path, RETIRED, file)),
    ];
    const certificates = await Promise.all(paths.map((path) => this.#readPem(path)));
    return certificates.flat();
  }

  async readOfflineRootCrl(): Promise<Uint8Array | undefined> {
    return readIfPresent(join(this.#path, OFFLINE_ROOT_CRL));
  }

  /** Puts the list of an offline root where the service looks for it. */
  async replaceOfflineRootCrl(der: Uint8Array): Promise<void> {
    await mkdir(this.#path, { recursive: true, mode: 0o700 });
    await writeFileDurably(join(this.#path, OFFLINE_ROOT_CRL), Buffer.from(der));
  }

  async #readPem(path: string): Promise<Certificate[]> {
    const text = await readIfPresent(path);
    if (text === undefined) return [];
    try {
      return certificatesFromPem(text.toString('utf8'));
    } catch (cause) {
      throw new OssError('OSS_CONFIG_INVALID', { reason: 'authority certificate cannot be read' }, { cause });
    }
  }
}
