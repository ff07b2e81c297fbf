import { createRoot } from 'react-dom/client';
import '../ui/tokens.css';
import '../ui/base.css';
import { signerApi } from '../bridge.ts';
import { startTranslation } from '../i18n/start.ts';
import { keepFocus } from '../ui/focus-keeper.ts';
import { applyTheme } from '../ui/theme.ts';
import { App } from './app.tsx';
import { CeremonyContext, createCeremony } from './ceremony.ts';

document.documentElement.dataset.window = 'signer';
const api = signerApi();
const station = await api.station.view();
applyTheme(station.theme, station.accent, 'signer');
const view = await api.ceremony.view();
await startTranslation(view.language);

const root = document.getElementById('root');
keepFocus(document);
if (root) {
  createRoot(root).render(
    <CeremonyContext value={createCeremony(api, view)}>
      <App logo={station.logo} />
    </CeremonyContext>,
  );
}
