import { z } from 'zod';
import { OssError } from '../../contract/errors.ts';
import { readSecretFile } from './secret-file.ts';

/** Where a secret is: never in the configuration itself. */
export const secretReferenceSchema = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('file'), path: z.string().min(1) }),
  z.strictObject({ from: z.literal('environment'), variable: z.string().min(1) }),
]);
export type SecretReference = z.infer<typeof secretReferenceSchema>;

/** @param entry of the configuration, for the error. @throws OssError OSS_CONFIG_INVALID when there is none */
export function readSecret(
  reference: SecretReference,
  entry: string,
  environment: NodeJS.ProcessEnv = process.env,
): string {
  const text =
    reference.from === 'file'
      ? readSecretFile(reference.path)
      : (environment[reference.variable] ?? '').trim();
  if (text === '') throw new OssError('OSS_CONFIG_INVALID', { reason: `${entry}: the secret is empty` });
  return text;
}
