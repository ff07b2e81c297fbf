import type { WindowRole } from '../../contract/ipc/group.ts';
import type { StationView, Theme } from '../../contract/ipc/station.ts';
import { reachOfAccent } from '../../contract/model/accent-contrast.ts';

const ACCENT_TOKENS = Object.freeze(['--accent', '--accent-strong', '--focus']);

/** The signer reads at 7:1; an accent that reaches less stays in the windows of the staff. */
function isUsable(accent: string, role: WindowRole): boolean {
  const reach = reachOfAccent(accent);
  return reach === 'everywhere' || (reach === 'clerk-only' && role !== 'signer');
}

/** Theme and branding as attributes and properties of the page: set by CSSOM, which the policy allows. */
export function applyTheme(theme: Theme, accent: StationView['accent'], role: WindowRole): void {
  const { documentElement: root } = document;
  const prefersDark = window.matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = theme === 'system' ? (prefersDark ? 'dark' : 'light') : theme;
  // The dark themes have an accent of their own: a brand's colour is made for paper.
  const usable = accent !== undefined && root.dataset.theme === 'light' && isUsable(accent, role);
  for (const token of ACCENT_TOKENS) {
    if (usable) root.style.setProperty(token, accent);
    else root.style.removeProperty(token);
  }
}
