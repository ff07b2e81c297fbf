import { version } from '../../package.json';
import { describeApi } from '../../src/optimizer-api/http/describe-api.ts';
import { openApiSchema } from './openapi-document.ts';
import { postmanCollection } from './postman.ts';
import { typescriptClient } from './typescript-client.ts';

/** What is made from the description of the API, by path in the repository. */
export async function artefacts(): Promise<Readonly<Record<string, string>>> {
  const description = await describeApi(version);
  const api = openApiSchema.parse(description);
  return {
    'docs/api/openapi.json': `${JSON.stringify(description, null, 2)}\n`,
    'docs/api/postman-collection.json': `${JSON.stringify(postmanCollection(api), null, 2)}\n`,
    'docs/api/optimizer-client.ts': typescriptClient(api),
  };
}
