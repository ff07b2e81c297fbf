import { join } from 'node:path';
import { SCHEMATHESIS } from '../../../scripts/prerequisites.mjs';
import { type Outcome, runJudge } from './judged-file.ts';

const FOLDER = join(import.meta.dirname, 'schemathesis');

/** A server of the Optimizer's API, and a key with which it lets callers in. */
export interface JudgedServer {
  readonly url: string;
  readonly key: string;
}

/**
 * Asks everything that the server's own description says can be asked.
 * @param cwd where Schemathesis may leave what it likes
 * @returns code 0 where every response was as described and none a failure of the server
 */
export const judgeSchemathesis = ({ url, key }: JudgedServer, cwd: string): Promise<Outcome> =>
  runJudge(
    SCHEMATHESIS,
    [
      ...['--no-color', '--config-file', join(FOLDER, 'schemathesis.toml')],
      ...['run', `${url}/openapi.json`, '--header', `x-api-key: ${key}`],
    ],
    '',
    {
      cwd,
      env: {
        SCHEMATHESIS_HOOKS: 'hooks',
        PYTHONPATH: FOLDER,
        PYTHONDONTWRITEBYTECODE: '1',
        OPTIMIZER_URL: url,
        OPTIMIZER_KEY: key,
      },
    },
  );
