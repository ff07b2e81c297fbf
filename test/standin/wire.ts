/**
 * Values between page and main process as text. Ours are JSON and `undefined`; whatever else Electron
 * could clone is refused here, so that nothing changes its meaning on the way unnoticed.
 */
const UNDEFINED = '\u0000undefined';

export function encode(value: unknown): string {
  return JSON.stringify([value], (_key, item: unknown) => {
    if (item === undefined) return UNDEFINED;
    if (typeof item === 'number' && !Number.isFinite(item))
      throw new Error(`not provided by the stand-in: ${item}`);
    if (['bigint', 'function', 'symbol'].includes(typeof item))
      throw new Error('An object could not be cloned.');
    if (item !== null && typeof item === 'object' && !isPlain(item)) {
      throw new Error(`not provided by the stand-in: sending ${Object.prototype.toString.call(item)}`);
    }
    return item;
  });
}

export const decode = (text: string): unknown => restore((JSON.parse(text) as unknown[])[0]);

function restore(value: unknown): unknown {
  if (value === UNDEFINED) return undefined;
  if (Array.isArray(value)) return value.map(restore);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, restore(item)]));
}

function isPlain(value: object): boolean {
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
