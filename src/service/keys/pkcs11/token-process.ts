/** The process that owns the PKCS#11 library: what hangs or crashes there leaves the service standing. */
import type { TokenCallName, TokenRequest, TokenResponse, TokenSettings } from './protocol.ts';
import { SessionPool } from './session-pool.ts';
import { tokenCalls } from './token.ts';
import { isLost, reasonOf } from './token-faults.ts';

const settings = JSON.parse(process.env.ONESHOT_TOKEN ?? '{}') as TokenSettings;
const pool = new SessionPool(settings);
const calls = tokenCalls(pool);

async function response({ id, call, input }: TokenRequest): Promise<TokenResponse> {
  try {
    const work = calls[call as TokenCallName] as (given: unknown) => Promise<unknown>;
    return { id, output: await work(input) };
  } catch (error) {
    return { id, failure: isLost(error) ? 'lost' : 'refused', reason: reasonOf(error) };
  }
}

process.on('message', (request: TokenRequest) => {
  void response(request).then((answered) => {
    if (process.connected) process.send?.(answered);
  });
});
// The service is gone, whatever ended it.
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true });
