/**
 * pdf.js as a judge of geometry, in Node: its build for older engines expects Node 22, where promises can be settled
 * from outside. The windows run it in Chromium, which has that.
 */
function withResolvers<T>() {
  let settle: { resolve(value: T): void; reject(reason: unknown): void } | undefined;
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, ...settle };
}
if (!('withResolvers' in Promise)) Object.assign(Promise, { withResolvers });

export const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
