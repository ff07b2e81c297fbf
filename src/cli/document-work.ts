import { fileURLToPath } from 'node:url';
import { forkWorker, WorkerPool } from '../optimizer/index.ts';

let pool: WorkerPool | undefined;

/** The processes of this command that work on documents; a first one is starting. They end with it. */
export function documentWork(): WorkerPool {
  pool ??= new WorkerPool({
    start: forkWorker(fileURLToPath(new URL('./document-worker.js', import.meta.url))),
  });
  pool.warm();
  return pool;
}
