/** Authority certificates that the operator revoked: `revocations.json` in the directory of the authorities. */
import { join } from 'node:path';
import { z } from 'zod';
import { readIfPresent } from '../../base/durable-file.ts';
import { OssError } from '../../contract/errors.ts';
import type { RevokedEntry } from '../../pki/index.ts';
import type { IssuerName } from './authority.ts';

const FILE = 'revocations.json';

const revocationSchema = z.strictObject({
  issuer: z.enum(['root', 'issuing']),
  serialNumber: z.string().regex(/^[0-9a-f]{2,40}$/, 'The serial number in hexadecimal.'),
  revokedAt: z.iso.datetime(),
  reason: z.enum(['keyCompromise', 'cACompromise', 'superseded', 'cessationOfOperation']),
});

export type Revocations = Readonly<Record<IssuerName, readonly RevokedEntry[]>>;

/** No file means no revocations. @throws OssError OSS_CONFIG_INVALID naming the entries that are wrong. */
export async function loadRevocations(directory: string): Promise<Revocations> {
  const content = await readIfPresent(join(directory, FILE));
  const entries = content === undefined ? [] : parseRevocations(content.toString('utf8'));
  const of = (issuer: IssuerName): RevokedEntry[] =>
    entries
      .filter((entry) => entry.issuer === issuer)
      .map(({ serialNumber, revokedAt, reason }) => ({
        serialNumber: BigInt(`0x${serialNumber}`),
        revokedAt: new Date(revokedAt),
        reason,
      }));
  return { root: of('root'), issuing: of('issuing') };
}

function parseRevocations(text: string): z.infer<typeof revocationSchema>[] {
  try {
    return z.array(revocationSchema).parse(JSON.parse(text));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : 'not JSON';
    throw new OssError('OSS_CONFIG_INVALID', { reason: `${FILE}: ${reason}` }, { cause });
  }
}
