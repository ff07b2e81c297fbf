import type { StationView, Theme } from '../../contract/ipc/station.ts';

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

export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(parse(one)), luminance(parse(other))].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** An accent is used only where white text on it, and it on white, can be read by everybody. */
const ACCENT_CONTRAST = 7;

export const isUsableAccent = (accent: string): boolean => contrast(accent, '#ffffff') >= ACCENT_CONTRAST;

/** Theme and branding as attributes and properties of the page: set by CSSOM, which the policy allows. */
export function applyTheme(theme: Theme, accent: StationView['accent']): void {
  const { documentElement: root } = document;
  const prefersDark = window.matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = theme === 'system' ? (prefersDark ? 'dark' : 'light') : theme;
  if (accent !== undefined && isUsableAccent(accent) && root.dataset.theme === 'light') {
    for (const token of ['--accent', '--accent-strong', '--focus']) root.style.setProperty(token, accent);
  } else {
    for (const token of ['--accent', '--accent-strong', '--focus']) root.style.removeProperty(token);
  }
}
