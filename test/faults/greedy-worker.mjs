// The compiled worker, but some names of documents make it misbehave as a program does that has a fault.
import { DOCUMENT_WORKER } from '../../scripts/build.mjs';

await import(DOCUMENT_WORKER);

/** @type {NodeJS.EventEmitter} */ (process).prependListener('message', ({ input }) => {
  const path = input?.path ?? '';
  if (path.includes('endless')) for (;;);
  if (path.includes('hungry-buffers')) fill(() => Buffer.alloc(8 << 20, 1));
  if (path.includes('hungry-objects')) fill(() => Array.from({ length: 100_000 }, () => ({})));
  if (path.includes('crashing')) process.exit(3);
  if (path.includes('killed')) process.kill(process.pid, 'SIGKILL');
});

/** @param {() => unknown} make */
function fill(make) {
  const kept = [];
  for (;;) kept.push(make());
}
