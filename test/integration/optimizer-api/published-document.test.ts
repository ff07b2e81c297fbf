import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithJudge } from '../../conformance/judges/at-hand.ts';
import { judgeSchemathesis } from '../../conformance/judges/schemathesis.ts';
import { jsonLines, oneshot } from '../command-line.ts';
import { type OptimizerProcess, startOptimizer } from './optimizer-process.ts';

describeWithJudge('Schemathesis', 'the published description of the API', () => {
  let data: string;
  let optimizer: OptimizerProcess;
  let key: string;

  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'optimizer-described-'));
    const [made] = jsonLines(await oneshot(['api-key', 'judge', '--data', data, '--json']));
    key = String(made?.key);
    optimizer = await startOptimizer({ data, args: ['--sandbox', '--fixed-otp', '000000'] });
  });
  afterAll(async () => {
    await optimizer?.stop();
    await rm(data, { recursive: true, force: true });
  });

  it('says how every call is answered, none of them with a failure, and none without a key', async () => {
    const { code, output } = await judgeSchemathesis({ url: optimizer.url, key }, data);
    expect(code, output).toBe(0);
    expect(output).toMatch(/Selected: (\d+)\/\1\s+Tested: \1\n/);
  }, 300_000);
});
