import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { organisationSchema } from '../../../contract/ipc/admin/settings.ts';
import { accentSchema } from '../../../contract/model/accent.ts';
import { accentContrast, reachOfAccent } from '../../../contract/model/accent-contrast.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useAdmin, useSettings } from '../admin.ts';
import styles from '../app.module.css';
import { Form } from '../form.tsx';
import { SectionFrame } from '../section-frame.tsx';
import looks from './branding-section.module.css';

/** The accent of the product, where the picker begins. */
const OWN_ACCENT = '#0f4c81';

/** Name, colour and sign of the organisation. A colour that cannot be read is refused, and said why. */
export function BrandingSection() {
  const { t } = useTranslation('admin');
  const settings = useSettings();
  const save = useAdmin((admin) => admin.save);
  const [organisation, setOrganisation] = useState(settings.organisation);
  const [accent, setAccent] = useState(settings.accent ?? '');
  const [isSent, setSent] = useState(false);

  const name = organisationSchema.safeParse(organisation);
  const colour = accentSchema.safeParse(accent.trim().toLowerCase());
  const isUsable = accent === '' || (colour.success && reachOfAccent(colour.data) !== 'nowhere');
  const submit = () => {
    setSent(true);
    if (!name.success || !isUsable) return;
    const chosen = { organisation: name.data, ...(colour.success && { accent: colour.data }) };
    void save((api) => api.settings.saveBranding(chosen), t('saved'));
  };
  return (
    <SectionFrame section="branding" text={t('branding.text')}>
      <Form onSubmit={submit}>
        <Field
          label={t('branding.organisation')}
          validationBehavior="aria"
          value={organisation}
          onChange={setOrganisation}
          error={isSent && !name.success ? t('branding.organisationWrong') : undefined}
        />
        <div className={looks.colour}>
          <Field
            label={t('branding.accent')}
            hint={t('branding.accentHint')}
            validationBehavior="aria"
            value={accent}
            onChange={setAccent}
            error={isSent && accent !== '' && !colour.success ? t('branding.accentWrong') : undefined}
          />
          <input
            type="color"
            className={looks.picker}
            aria-label={t('branding.picker')}
            value={colour.success ? colour.data : OWN_ACCENT}
            onChange={({ target }) => setAccent(target.value)}
          />
        </div>
        {colour.success && <Contrast accent={colour.data} />}
      </Form>
      <Logo />
    </SectionFrame>
  );
}

const KINDS = Object.freeze({ everywhere: 'good', 'clerk-only': 'warn', nowhere: 'bad' } as const);

function Contrast({ accent }: { readonly accent: string }) {
  const { t, i18n } = useTranslation('admin');
  const reach = reachOfAccent(accent);
  // Rounded down: 6.99 is not 7.
  const ratio = Math.floor(accentContrast(accent) * 10) / 10;
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 });
  return (
    <>
      <Notice kind={KINDS[reach]}>{t(`branding.${reach}`, { ratio: number.format(ratio) })}</Notice>
      <figure className={looks.preview}>
        <figcaption className={styles.text}>{t('branding.preview')}</figcaption>
        <svg viewBox="0 0 320 64" className={looks.sample} role="img" aria-label={t('branding.preview')}>
          <rect width="320" height="64" fill="#ffffff" />
          <rect x="12" y="12" width="140" height="40" rx="6" fill={accent} />
          <text x="82" y="38" textAnchor="middle" fill="#ffffff" fontWeight="600">
            {t('branding.example')}
          </text>
          <text x="238" y="38" textAnchor="middle" fill={accent} fontWeight="600">
            {t('branding.example')}
          </text>
        </svg>
      </figure>
    </>
  );
}

function Logo() {
  const { t } = useTranslation('admin');
  const { logo } = useSettings();
  const save = useAdmin((admin) => admin.save);
  const working = useAdmin((admin) => admin.working);
  return (
    <section className={styles.group} aria-label={t('branding.logo')}>
      <h2 className={styles.heading}>{t('branding.logo')}</h2>
      <p className={styles.text}>{t('branding.logoHint')}</p>
      {logo === undefined ? (
        <p>{t('branding.noLogo')}</p>
      ) : (
        <img className={looks.logo} src={logo} alt={t('branding.logo')} />
      )}
      <div className={styles.actions}>
        <Button
          icon="folder"
          isDisabled={working}
          onPress={() => void save((api) => api.settings.chooseLogo(), t('saved'))}
        >
          {t('branding.chooseLogo')}
        </Button>
        {logo !== undefined && (
          <Button
            kind="danger"
            isDisabled={working}
            onPress={() => void save((api) => api.settings.removeLogo(), t('saved'))}
          >
            {t('branding.removeLogo')}
          </Button>
        )}
      </div>
    </section>
  );
}
