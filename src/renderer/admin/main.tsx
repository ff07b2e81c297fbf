import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import '../ui/tokens.css';
import '../ui/base.css';
import { adminTexts } from '../../texts/admin.ts';
import { doctorTexts } from '../../texts/doctor.ts';
import { adminApi } from '../bridge.ts';
import { startTranslation } from '../i18n/start.ts';
import { applyTheme } from '../ui/theme.ts';
import { AdminContext, createAdmin } from './admin.ts';
import { App } from './app.tsx';

// The policy forbids eval; without this zod would probe for it and report a violation.
z.config({ jitless: true });

const api = adminApi();
const station = await api.station.view();
applyTheme(station.theme, station.accent, 'admin');
await startTranslation(station.language, { admin: adminTexts, doctor: doctorTexts });
const admin = createAdmin(api, station, await api.gate.view());

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <AdminContext value={admin}>
      <App />
    </AdminContext>,
  );
}
