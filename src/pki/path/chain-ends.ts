import type { Certificate } from '../certificate/certificate.ts';

export interface ChainEnd {
  readonly time: Date;
  readonly because: 'validity' | 'algorithm';
  readonly certificate: Certificate;
}

/**
 * When a chain as `validatePath` returns it ends, the earliest first: by the validity of its certificates, and by the
 * date table for their keys. The anchor is given from outside and ends nothing.
 */
export function chainEnds(chain: readonly Certificate[]): ChainEnd[] {
  return chain
    .slice(0, -1)
    .flatMap((certificate): ChainEnd[] => {
      const { notAfter, keyStrength } = certificate;
      const expires = { time: notAfter, because: 'validity', certificate } as const;
      const { end } = keyStrength;
      return end ? [expires, { time: end, because: 'algorithm', certificate }] : [expires];
    })
    .sort((one, other) => one.time.getTime() - other.time.getTime());
}
