import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../../ui/button.tsx';
import { useDesk } from '../desk.ts';
import { OutputButtons } from '../output-buttons.tsx';
import styles from '../panel.module.css';
import { useVerification } from '../verify/verification.ts';

const fileName = (path: string): string => path.split(/[/\\]/).at(-1) ?? path;

interface ResultDocumentsProps {
  readonly id: string;
  readonly paths: readonly string[];
}

/** Each signed document: open it, print it, check it; and copies of all into another folder. */
export function ResultDocuments({ id, paths }: ResultDocumentsProps) {
  const { t } = useTranslation('results');
  return (
    <section className={styles.links} aria-label={t('documents')}>
      {paths.map((path, index) => (
        <ResultDocument key={path} id={id} index={index} name={fileName(path)} />
      ))}
      <OutputButtons save={{ label: t('copies'), act: (api) => api.results.saveCopies({ id }) }} />
    </section>
  );
}

interface ResultDocumentProps {
  readonly id: string;
  readonly index: number;
  readonly name: string;
}

function ResultDocument({ id, index, name }: ResultDocumentProps) {
  const { t } = useTranslation('results');
  const act = useDesk((desk) => desk.act);
  const go = useDesk((desk) => desk.go);
  const working = useDesk((desk) => desk.working);
  const openResult = useVerification((verification) => verification.openResult);
  const [printed, setPrinted] = useState('');
  const print = () => {
    setPrinted(t('printing'));
    void act(async (api) => {
      const outcome = await api.results.print({ id, index }).catch((error: unknown) => {
        setPrinted('');
        throw error;
      });
      setPrinted(outcome.printed ? t('printed') : '');
    });
  };
  return (
    <div>
      <div className={styles.file}>
        <Button icon="document" onPress={() => void act((api) => api.transactions.openResult({ id, index }))}>
          {t('open', { name })}
        </Button>
        <IconButton icon="print" label={t('print', { name })} isDisabled={working} onPress={print} />
        <IconButton
          icon="verify"
          label={t('check', { name })}
          onPress={() => {
            go({ kind: 'verify' });
            void openResult(id, index);
          }}
        />
      </div>
      <p role="status">{printed}</p>
    </div>
  );
}
