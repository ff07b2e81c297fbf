import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClerkApi } from '../../contract/ipc/index.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useDesk } from './desk.ts';
import styles from './panel.module.css';

interface Output<Response> {
  readonly label: string;
  readonly act: (api: ClerkApi) => Promise<Response>;
}

interface OutputButtonsProps {
  readonly save: Output<{ readonly saved: readonly string[] }>;
  readonly print?: Output<{ readonly printed: boolean }>;
}

const fileName = (path: string): string => path.split(/[/\\]/).at(-1) ?? path;

/** Into a folder, or on paper; says what came of it, and nothing where the person closed the dialog. */
export function OutputButtons({ save, print }: OutputButtonsProps) {
  const { t } = useTranslation('results');
  const act = useDesk((desk) => desk.act);
  const error = useDesk((desk) => desk.error);
  const working = useDesk((desk) => desk.working);
  const [said, setSaid] = useState('');
  const run = (work: (api: ClerkApi) => Promise<string>) => {
    setSaid('');
    void act(async (api) => setSaid(await work(api)));
  };
  return (
    <>
      <div className={styles.pair}>
        <Button
          icon="save"
          isDisabled={working}
          onPress={() =>
            run(async (api) => {
              const { saved } = await save.act(api);
              if (saved.length === 0) return '';
              return t('saved', { count: saved.length, names: saved.map(fileName).join(', ') });
            })
          }
        >
          {save.label}
        </Button>
        {print && (
          <Button
            icon="print"
            isDisabled={working}
            onPress={() => run(async (api) => ((await print.act(api)).printed ? t('printed') : ''))}
          >
            {print.label}
          </Button>
        )}
      </div>
      {said !== '' && !error && <Notice kind="good">{said}</Notice>}
    </>
  );
}
