// `npm run api`: writes what is generated from the description of the Optimizer's API.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createServer } from 'vite';
import { ROOT } from './run.mjs';

const vite = await createServer({
  root: ROOT,
  configFile: false,
  appType: 'custom',
  logLevel: 'error',
  server: { middlewareMode: true },
});
try {
  const { artefacts } = await vite.ssrLoadModule('/scripts/api/artefacts.ts');
  for (const [path, content] of Object.entries(await artefacts())) {
    await mkdir(dirname(join(ROOT, path)), { recursive: true });
    await writeFile(join(ROOT, path), content);
  }
} finally {
  await vite.close();
}
