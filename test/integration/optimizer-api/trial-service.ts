import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SANDBOX_OFFICER, startSignatureService } from '../../../src/service/index.ts';
import { SHIPPED_PROFILES } from '../../../src/service/settings/profiles.ts';
import { ApiClient } from './client.ts';

/** A signature service of its own, for what happens to an Optimizer while the service lives. */
export interface TrialService {
  readonly url: string;
  /** Arguments of `oneshot optimizer` that use it, at its address or at another one that leads there. */
  args(url?: string): string[];
  close(): Promise<void>;
}

export async function startTrialService(): Promise<TrialService> {
  const directory = await mkdtemp(join(tmpdir(), 'trial-service-'));
  const { ready, close } = await startSignatureService({
    mode: 'sandbox',
    dataDirectory: directory,
    logLevel: 'error',
    otp: { fixedCode: '000000' },
    profiles: SHIPPED_PROFILES.map((profile) => ({
      ...profile,
      externalAuthentication: true,
      bindToContents: true,
    })),
  });
  const anchor = join(directory, 'anchor.pem');
  await writeFile(anchor, ready.sandbox?.anchorPem ?? '');
  const { registrationAuthority } = SANDBOX_OFFICER;
  return {
    url: ready.apiUrl,
    args: (url = ready.apiUrl) => [
      ...['--service', url, '--anchor', anchor, '--drop-in'],
      ...['--registration-authority', registrationAuthority],
    ],
    async close() {
      await close();
      await rm(directory, { recursive: true });
    },
  };
}

/** The token that a sandbox would have made by itself. */
export async function makeToken(url: string): Promise<void> {
  const { username, password, pin } = SANDBOX_OFFICER;
  const { http, body } = await new ApiClient(url).post('/token', { username, password, pin, env: 'sandbox' });
  if (http !== 200) throw new Error(JSON.stringify(body));
}
