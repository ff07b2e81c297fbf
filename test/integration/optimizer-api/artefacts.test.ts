import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OptimizerClient, OptimizerError } from '../../../docs/api/optimizer-client.ts';
import { artefacts } from '../../../scripts/api/artefacts.ts';
import { corpus, formOf, newSigner } from './client.ts';
import { type OptimizerProcess, startOptimizer } from './optimizer-process.ts';

const ROOT = join(import.meta.dirname, '../../..');

let data: string;
let optimizer: OptimizerProcess;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'optimizer-artefacts-'));
  optimizer = await startOptimizer({ data });
});
afterAll(async () => {
  await optimizer?.stop();
  await rm(data, { recursive: true, force: true });
});

describe('what is generated from the schemas', () => {
  it('is current (otherwise: npm run api)', async () => {
    for (const [path, content] of Object.entries(await artefacts())) {
      expect(readFileSync(join(ROOT, path), 'utf8'), path).toBe(content);
    }
  });

  it('is what the server serves, with a page to browse it', async () => {
    const served = (await (await fetch(`${optimizer.url}/openapi.json`)).json()) as { openapi: string };
    expect(served).toEqual(JSON.parse(readFileSync(join(ROOT, 'docs/api/openapi.json'), 'utf8')));
    expect(served.openapi).toBe('3.1.0');
    const page = await fetch(`${optimizer.url}/docs`);
    expect(await page.text()).toContain('swagger-ui');
  });
});

describe('the generated client', () => {
  it('signs a document, and a refusal carries its text', async () => {
    const client = new OptimizerClient({ baseUrl: optimizer.url });
    const [token = ''] = Object.keys(await client.listTokens());
    const pk = await client.createRequest({ token, ...newSigner() });
    const uid = String(await client.uploadDocuments(pk, formOf({ file: corpus('pdftex.pdf') })));
    await client.sendOtp(pk);
    const refused = await client.sign(pk, { secret: '111111' }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(OptimizerError);
    expect(refused).toMatchObject({ status: 403, details: 'Confirmation Code invalid' });
    expect(await client.sign(pk, { secret: '000000' })).toBe('Documents correctly signed');
    expect((await client.getTypedDocument(pk, 'signed', uid)).type).toBe('application/pdf');
  });
});
