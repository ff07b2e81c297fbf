// Loaded into every process of the API: where one of them works on documents, what a document says in a comment makes it
// misbehave as a reader does that has a fault.
import { readFileSync } from 'node:fs';

/** @param {string | undefined} path */
const told = (path) => (path === undefined ? '' : readFileSync(path, 'latin1'));

if (process.argv[1]?.endsWith('document-worker.js')) {
  /** @type {NodeJS.EventEmitter} */ (process).on('message', ({ input }) => {
    const text = told(input?.path);
    if (text.includes('%loop-for-ever')) for (;;);
    if (text.includes('%fill-memory')) {
      const kept = [];
      for (;;) kept.push(Buffer.alloc(8 << 20, 1));
    }
  });
}
