import { z } from 'zod';
import { OssError } from '../../contract/errors.ts';
import {
  type OtherProvider,
  otherProviderSchema,
  type ProviderSecrets,
} from '../../contract/model/provider.ts';
import { readServiceConfig } from './service-config-file.ts';

/** A provider of a file, with the secrets of the environment. */
export interface GivenProvider {
  readonly choice: OtherProvider;
  readonly secrets: ProviderSecrets;
}

/** @throws OssError OSS_FILE_NOT_FOUND, OSS_CONFIG_INVALID naming the fields */
export async function readProvider(file: string): Promise<GivenProvider> {
  const parsed = otherProviderSchema.safeParse(await readServiceConfig(file));
  if (!parsed.success) {
    const reason = z.prettifyError(parsed.error).slice(0, 500);
    throw new OssError('OSS_CONFIG_INVALID', { file, reason });
  }
  return { choice: parsed.data, secrets: secretsIn(process.env) };
}

/** Never on the command line, where every account of the computer can read them. */
function secretsIn({
  ONESHOT_PASSWORD: password,
  ONESHOT_PIN: pin,
  ONESHOT_CLIENT_SECRET: clientSecret,
  ONESHOT_BILLING_PASSWORD: billingPassword,
}: NodeJS.ProcessEnv): ProviderSecrets {
  const given = Object.entries({ password, pin, clientSecret, billingPassword });
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}
