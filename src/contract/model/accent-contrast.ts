/** Where an accent colour, as #rrggbb, can be read (WCAG 2.2). */
type Colour = readonly [red: number, green: number, blue: number];

const parse = (hex: string): Colour =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as never;

/** Relative luminance, WCAG 2.2. */
function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Colour;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio of two colours (WCAG 2.2), from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(parse(one)), luminance(parse(other))].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** What the accent meets in the windows: white paper and white text, and the tint of what the pointer is on. */
const SURFACES = Object.freeze(['#ffffff', '#e4eef7']);

/** What the weakest of these contrasts has to reach: in the clerk's window (WCAG 1.4.3) and in the signer's (1.4.6). */
const NEEDED = Object.freeze({ clerk: 4.5, signer: 7 });

/** The weakest contrast that the accent has with what it meets. */
export const accentContrast = (accent: string): number =>
  Math.min(...SURFACES.map((surface) => contrast(accent, surface)));

/** In which windows people can read the accent. */
export function reachOfAccent(accent: string): 'everywhere' | 'clerk-only' | 'nowhere' {
  const weakest = accentContrast(accent);
  if (weakest >= NEEDED.signer) return 'everywhere';
  return weakest >= NEEDED.clerk ? 'clerk-only' : 'nowhere';
}
