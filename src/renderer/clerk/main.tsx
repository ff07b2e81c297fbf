import { createRoot } from 'react-dom/client';
import '../ui/tokens.css';
import '../ui/base.css';
import { clerkApi } from '../bridge.ts';
import { warmUpViewer } from '../document-view/lazy-document-view.tsx';
import { startTranslation } from '../i18n/start.ts';
import { keepFocus } from '../ui/focus-keeper.ts';
import { applyTheme } from '../ui/theme.ts';
import { App } from './app.tsx';
import { createDesk, DeskContext } from './desk.ts';
import { loadPanels } from './lazy-panels.ts';
import { createVerification, VerificationContext } from './verify/verification.ts';

const api = clerkApi();
const station = await api.station.view();
applyTheme(station.theme, station.accent, 'clerk');
await startTranslation(station.language);
const desk = createDesk(api, station);
const verification = createVerification(api);

const root = document.getElementById('root');
keepFocus(document);
if (root) {
  createRoot(root).render(
    <DeskContext value={desk}>
      <VerificationContext value={verification}>
        <App />
      </VerificationContext>
    </DeskContext>,
  );
}
// Everything else comes when the desk has been seen: the connection to the service, further panels, the viewer.
requestIdleCallback(
  async () => {
    void desk.getState().refresh();
    const { watchArrivals, watchDrafts } = await loadPanels();
    watchDrafts(desk);
    watchArrivals(desk);
    warmUpViewer();
  },
  { timeout: 1000 },
);
