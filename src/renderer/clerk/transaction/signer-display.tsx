import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';
import { useDesk } from '../desk.ts';
import styles from '../panel.module.css';

/** On which display the signer reads: chosen where there are several, and remembered; each can show its number. */
export function SignerDisplay() {
  const { t } = useTranslation('clerk');
  const { signerDisplays, signerDisplay } = useDesk((desk) => desk.station);
  const changeDisplay = useDesk((desk) => desk.changeDisplay);
  const act = useDesk((desk) => desk.act);
  if (signerDisplays.length === 0) return null;
  return (
    <div className={styles.display}>
      {signerDisplays.length > 1 && (
        <Select
          label={t('handOver.display')}
          value={String(signerDisplay)}
          choices={signerDisplays.map(({ id, number, width, height }) => ({
            value: String(id),
            label: t('handOver.displayNamed', { number, size: `${width} × ${height}` }),
          }))}
          onChange={(id) => void changeDisplay(Number(id))}
        />
      )}
      <Button
        kind="quiet"
        icon="screen"
        onPress={() => void act((api) => api.preferences.identifyDisplays())}
      >
        {t('handOver.identify')}
      </Button>
    </div>
  );
}
