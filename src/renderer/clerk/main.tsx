import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import '../ui/tokens.css';
import '../ui/base.css';
import { clerkApi } from '../bridge.ts';
import { startTranslation } from '../i18n/start.ts';
import { applyTheme } from '../ui/theme.ts';
import { App } from './app.tsx';
import { createDesk, DeskContext } from './desk.ts';

// The policy forbids eval; without this zod would probe for it and report a violation.
z.config({ jitless: true });

const api = clerkApi();
const station = await api.station.view();
applyTheme(station.theme, station.accent);
await startTranslation(station.language);
const desk = createDesk(api, station);
void desk.getState().refresh();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <DeskContext value={desk}>
      <App />
    </DeskContext>,
  );
}
