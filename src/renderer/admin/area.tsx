import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Brand } from '../ui/brand.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { type Section, useAdmin, useSettings } from './admin.ts';
import styles from './app.module.css';
import { EndingDialog } from './ending-dialog.tsx';
import { AnchorsSection } from './sections/anchors-section.tsx';
import { AuditSection } from './sections/audit-section.tsx';
import { BrandingSection } from './sections/branding-section.tsx';
import { CertificateSection } from './sections/certificate-section.tsx';
import { HealthSection } from './sections/health-section.tsx';
import { LanguagesSection } from './sections/languages-section.tsx';
import { OfficerSection } from './sections/officer-section.tsx';
import { PasswordSection } from './sections/password-section.tsx';
import { RestApiSection } from './sections/rest-api-section.tsx';
import { RetentionSection } from './sections/retention-section.tsx';
import { ServiceSection } from './sections/service-section.tsx';
import { TimestampsSection } from './sections/timestamps-section.tsx';
import { TrustedListsSection } from './sections/trusted-lists-section.tsx';

/** In the order in which they are listed. */
const SCREENS: Readonly<Record<Section, () => React.ReactNode>> = Object.freeze({
  service: ServiceSection,
  certificate: CertificateSection,
  officer: OfficerSection,
  anchors: AnchorsSection,
  timestamps: TimestampsSection,
  trustedLists: TrustedListsSection,
  retention: RetentionSection,
  restApi: RestApiSection,
  languages: LanguagesSection,
  branding: BrandingSection,
  audit: AuditSection,
  health: HealthSection,
  password: PasswordSection,
});

/** How often main is told that somebody is there, in ms. */
const ACTIVITY_MS = 5_000;

/** Sections on the left, the current one on the right. */
export function Area() {
  const { t } = useTranslation('admin');
  const section = useAdmin((admin) => admin.section);
  const { waiting } = useSettings();
  useActivity();
  const main = useRef<HTMLElement>(null);
  // Anyone who comes in stands before the first section, not at a field that is gone.
  useEffect(() => {
    main.current?.focus();
  }, []);
  const Screen = SCREENS[section];
  return (
    <div className={styles.area}>
      <Side />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <main className={styles.main} tabIndex={0} ref={main}>
        {waiting && <Notice kind="info">{t('waiting')}</Notice>}
        <Screen key={section} />
      </main>
      <EndingDialog />
    </div>
  );
}

function Side() {
  const { t } = useTranslation('admin');
  const { organisation, logo } = useAdmin((admin) => admin.station);
  const section = useAdmin((admin) => admin.section);
  const go = useAdmin((admin) => admin.go);
  const pass = useAdmin((admin) => admin.pass);
  const { keptIn } = useSettings();
  return (
    <nav className={styles.side} aria-label={t('sections')}>
      <Brand organisation={organisation} logo={logo} />
      <ul className={styles.sections}>
        {(Object.keys(SCREENS) as Section[]).map((name) => (
          <li key={name}>
            <button
              type="button"
              className={styles.section}
              aria-current={name === section ? 'page' : undefined}
              onClick={() => go(name)}
            >
              {t(`section.${name}`)}
            </button>
          </li>
        ))}
      </ul>
      <div className={styles.end}>
        <p>{t(`keptIn.${keptIn}`)}</p>
        <Button onPress={() => void pass((api) => api.gate.leave())}>{t('leave')}</Button>
      </div>
    </nav>
  );
}

/** Keys, pointer and wheel anywhere in the window count; main is told from time to time. */
function useActivity(): void {
  const active = useAdmin((admin) => admin.active);
  useEffect(() => {
    let toldAt = 0;
    const tell = () => {
      if (Date.now() - toldAt < ACTIVITY_MS) return;
      toldAt = Date.now();
      active();
    };
    const kinds = ['keydown', 'pointerdown', 'wheel'] as const;
    for (const kind of kinds) window.addEventListener(kind, tell, { capture: true, passive: true });
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, tell, { capture: true });
    };
  }, [active]);
}
