import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type SealedBox, sealedBox } from '../../base/sealed-box.ts';
import { OssError } from '../../contract/errors.ts';
import { readSecretFile } from './secret-file.ts';

/** Where the 32 bytes come from that every key of the service is derived from. */
export const masterSecretSchema = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('generated') }),
  z.strictObject({ from: z.literal('file'), path: z.string().min(1) }),
  z.strictObject({ from: z.literal('environment'), variable: z.string().min(1) }),
]);

interface MasterSecretPlace {
  readonly masterSecret: z.infer<typeof masterSecretSchema>;
  readonly dataDirectory: string;
}

const MASTER_BYTES = 32;
const GENERATED_FILE = 'master.secret';

/** Where the first start of a sandbox leaves the secret that it generated. */
export const generatedSecretPath = (dataDirectory: string): string => join(dataDirectory, GENERATED_FILE);

export type KeyedHash = (text: string | Uint8Array) => string;

/** Every key of the service, each for one purpose only (HKDF, RFC 5869). */
export interface ServiceSecrets {
  /** 64 hexadecimal digits. */
  readonly databaseKey: string;
  readonly keyStorePassphrase: string;
  readonly otpKey: Uint8Array;
  readonly hashToken: KeyedHash;
  /** One way names: the signer behind phone and id document, the body behind an idempotency key. */
  readonly fingerprint: KeyedHash;
  /** The secret part of the addresses at which gateways report. */
  readonly receiptToken: KeyedHash;
  readonly box: SealedBox;
  /** Seed of the Ed25519 key that signs the heads of the transparency log. */
  readonly logSeed: Uint8Array;
}

/**
 * Reads the master secret; in sandbox mode the first start generates it (a file that only its owner can
 * read). @throws OssError OSS_CONFIG_INVALID when it is missing or has not 32 bytes.
 */
export function loadMasterSecret(
  config: MasterSecretPlace,
  environment: NodeJS.ProcessEnv = process.env,
): Uint8Array {
  const source = config.masterSecret;
  if (source.from === 'generated') return generatedSecret(generatedSecretPath(config.dataDirectory));
  const text =
    source.from === 'file' ? readSecretFile(source.path) : (environment[source.variable] ?? '').trim();
  return decodeSecret(text);
}

function generatedSecret(path: string): Uint8Array {
  try {
    writeFileSync(path, randomBytes(MASTER_BYTES).toString('hex'), { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw new OssError('OSS_CONFIG_INVALID', { reason: 'dataDirectory: cannot be written' }, { cause });
    }
  }
  return decodeSecret(readSecretFile(path));
}

function decodeSecret(text: string): Uint8Array {
  const secret = Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? 'hex' : 'base64');
  if (secret.length !== MASTER_BYTES) {
    throw new OssError('OSS_CONFIG_INVALID', {
      reason: `masterSecret: ${MASTER_BYTES} bytes are needed, in hexadecimal or base64`,
    });
  }
  return secret;
}

export function deriveSecrets(master: Uint8Array): ServiceSecrets {
  const derive = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), `one-shot-signature ${purpose} v1`, 32));
  const keyedHash = (purpose: string): KeyedHash => {
    const key = derive(purpose);
    return (text) => createHmac('sha256', key).update(text).digest('base64url');
  };
  return {
    databaseKey: derive('database').toString('hex'),
    keyStorePassphrase: derive('key store').toString('base64url'),
    otpKey: derive('one-time password'),
    hashToken: keyedHash('token'),
    fingerprint: keyedHash('fingerprint'),
    receiptToken: keyedHash('receipt address'),
    box: sealedBox(derive('sealed box')),
    logSeed: derive('transparency log'),
  };
}
