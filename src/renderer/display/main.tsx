import { createRoot } from 'react-dom/client';
import '../ui/tokens.css';
import '../ui/base.css';
import { displayApi } from '../bridge.ts';
import { startTranslation } from '../i18n/start.ts';
import { applyTheme } from '../ui/theme.ts';
import { App } from './app.tsx';

document.documentElement.dataset.window = 'signer';
const api = displayApi();
const station = await api.station.view();
applyTheme(station.theme, station.accent, 'signer');
await startTranslation(station.signerLanguage);
const number = location.hash.slice(1);

const root = document.getElementById('root');
if (root) createRoot(root).render(<App station={station} number={number} />);
