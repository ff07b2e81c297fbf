import { accessSync, constants } from 'node:fs';
import { OssError } from '../../../contract/errors.ts';
import type { Pkcs11Config } from '../config.ts';
import { Pkcs11KeyStore } from './pkcs11-key-store.ts';
import { TokenClient } from './token-client.ts';
import { tokenProgram } from './token-program.ts';

/** @param onEnd told when the process of the token has ended. @throws OssError OSS_CONFIG_INVALID */
export function openPkcs11KeyStore(
  { module, uri, sessions, objects }: Pkcs11Config,
  onEnd: (reason: string) => void,
): Pkcs11KeyStore {
  const { token, pinFile = '' } = uri;
  for (const [entry, path] of [
    ['module', module],
    ['uri: pin-source', pinFile],
  ] as const) {
    try {
      accessSync(path, constants.R_OK);
    } catch (cause) {
      throw new OssError(
        'OSS_CONFIG_INVALID',
        { reason: `keys.${entry}: ${path} cannot be read` },
        { cause },
      );
    }
  }
  const client = new TokenClient({
    settings: { module, token, pinFile, sessions },
    program: tokenProgram(),
    onEnd,
  });
  const names = Object.entries(objects).map(
    ([label, { object, id }]) => [label, { label: object, id }] as const,
  );
  return new Pkcs11KeyStore(client, new Map(names));
}
