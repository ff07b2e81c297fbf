import { useEffect, useState } from 'react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { LANGUAGE_CHOICES } from '../i18n/start.ts';
import { Brand } from '../ui/brand.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Select } from '../ui/select.tsx';
import { ReadAloud } from './aids/read-aloud.tsx';
import { CallClerk } from './call-clerk.tsx';
import { useCeremony } from './ceremony.ts';
import { GiveBack } from './give-back.tsx';
import styles from './top-bar.module.css';

/** Steps that the signer counts: signing and the end are not decisions of theirs. */
const COUNTED = Object.freeze(['welcome', 'reading', 'agreement', 'code'] as const);

const TEXT_SIZES = Object.freeze([
  { value: '1', label: '100 %' },
  { value: '2', label: '125 %' },
  { value: '3', label: '150 %' },
  { value: '4', label: '200 %' },
] as const);

/** Who asks, where one is, and the aids that the machine itself does not offer: language, size, contrast. */
export function TopBar({ logo }: { readonly logo: string | undefined }) {
  const { t } = useTranslation(['signer', 'common']);
  const view = useCeremony((ceremony) => ceremony.view);
  const changeLanguage = useCeremony((ceremony) => ceremony.changeLanguage);
  const counted = COUNTED.find((step) => step === view.step);
  const [size, setSize] = useState<TextSizeValue>('1');
  useEffect(() => {
    document.documentElement.dataset.text = size;
  }, [size]);
  const [isContrast, setContrast] = useContrast();
  const aids = (
    <>
      <Select
        label={t('common:language')}
        hideLabel
        value={view.language}
        choices={LANGUAGE_CHOICES}
        onChange={(language) => void changeLanguage(language)}
      />
      <TextSize size={size} onChange={setSize} />
      <ContrastButton isOn={isContrast} onChange={setContrast} />
      <ReadAloud />
      {counted && <CallClerk />}
      {view.sharedScreen && view.step !== 'signing' && <GiveBack />}
    </>
  );
  return (
    <header className={styles.bar}>
      <div className={styles.where}>
        <Brand organisation={view.organisation} logo={logo} />
        {counted && (
          <span className={styles.progress} aria-live="polite">
            {t('progress', {
              step: COUNTED.indexOf(counted) + 1,
              steps: COUNTED.length,
              name: t(`steps.${counted}`),
            })}
          </span>
        )}
      </div>
      <div className={styles.wide}>{aids}</div>
      <div className={styles.narrow}>
        <DialogTrigger>
          <IconButton icon="menu" label={t('aids')} />
          <Popover className={styles.popover ?? ''} placement="bottom end">
            <Dialog className={styles.popoverAids ?? ''} aria-label={t('aids')}>
              {({ close }) => (
                <>
                  {aids}
                  <Button onPress={close}>{t('aidsClose')}</Button>
                </>
              )}
            </Dialog>
          </Popover>
        </DialogTrigger>
      </div>
    </header>
  );
}

type TextSizeValue = (typeof TEXT_SIZES)[number]['value'];

interface TextSizeProps {
  readonly size: TextSizeValue;
  readonly onChange: (size: TextSizeValue) => void;
}

function TextSize({ size, onChange }: TextSizeProps) {
  const { t } = useTranslation('signer');
  return <Select label={t('textSize')} hideLabel value={size} choices={TEXT_SIZES} onChange={onChange} />;
}

interface ContrastButtonProps {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

function ContrastButton({ isOn, onChange }: ContrastButtonProps) {
  const { t } = useTranslation('signer');
  return (
    <Button kind="quiet" aria-pressed={isOn} onPress={() => onChange(!isOn)}>
      {t('contrast')}
    </Button>
  );
}

/** High contrast, and back to the theme from before. */
function useContrast(): [boolean, (isOn: boolean) => void] {
  const [before, setBefore] = useState<string>();
  const change = () => {
    const { dataset } = document.documentElement;
    setBefore(before === undefined ? dataset.theme : undefined);
    dataset.theme = before ?? 'contrast';
  };
  return [before !== undefined, change];
}
