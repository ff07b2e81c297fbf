// Gives a document that loops to a worker, says its process id, and is then killed by the test.
import { fork } from 'node:child_process';
import { join } from 'node:path';

const worker = fork(join(import.meta.dirname, 'greedy-worker.mjs'), [], {
  env: { ...process.env, ONESHOT_WORK_MEGABYTES: '500' },
  serialization: 'advanced',
});
worker.once('message', () => {
  worker.send({ type: 'run', name: 'inspect', input: { path: 'endless.pdf' } });
  console.log(worker.pid);
});
