import { OssError } from '../../../contract/errors.ts';
import type { Syntax } from '../../syntax/writer.ts';
import type { ColourLimits } from './placed-image.ts';

/** sRGB without its bend near black (ISO 32000-2 §8.6.5.3; IEC 61966-2-1). */
const WHITE = '/WhitePoint [0.9505 1 1.089]';
const CAL_GRAY: Syntax = `[/CalGray <<${WHITE} /Gamma 2.2>>]`;
const CAL_RGB: Syntax = `[/CalRGB <<${WHITE} /Gamma [2.2 2.2 2.2] /Matrix [0.4124 0.2126 0.0193 0.3576 0.7152 0.1192 0.1805 0.0722 0.9505]>>]`;

/** Operators that choose a colour for filling (§8.6.8), and what they name in the resources. */
export interface Paint {
  readonly black: Syntax;
  readonly white: Syntax;
  readonly resources: ReadonlyMap<string, Syntax>;
}

const OF_THE_DEVICE: Paint = Object.freeze({ black: '0 g', white: '1 g', resources: new Map() });
/** PDF/A permits colours of a device only where the document says of which device (ISO 19005-2 §6.2.4.3). */
const INDEPENDENT: Paint = Object.freeze({
  black: '/Gray cs 0 sc',
  white: '/Gray cs 1 sc',
  resources: new Map([['Gray', CAL_GRAY]]),
});

export const paintFor = ({ deviceIndependent }: ColourLimits): Paint =>
  deviceIndependent ? INDEPENDENT : OF_THE_DEVICE;

/** Of a picture. @throws OSS_PDF_IMAGE_INVALID for printing inks where colours must not depend on a device. */
export function colourSpace(components: 1 | 3 | 4, { deviceIndependent }: ColourLimits): Syntax {
  if (!deviceIndependent) return { 1: '/DeviceGray', 3: '/DeviceRGB', 4: '/DeviceCMYK' }[components];
  if (components === 4) {
    throw new OssError('OSS_PDF_IMAGE_INVALID', {
      reason: 'printing inks in a document for archives (PDF/A)',
    });
  }
  return components === 1 ? CAL_GRAY : CAL_RGB;
}
