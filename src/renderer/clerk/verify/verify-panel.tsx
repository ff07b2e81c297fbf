import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Progress } from '../../ui/progress.tsx';
import { useDesk } from '../desk.ts';
import { ErrorNotice } from '../error-notice.tsx';
import { OutputButtons } from '../output-buttons.tsx';
import styles from '../panel.module.css';
import { ProblemNotice } from './problem-notice.tsx';
import { useVerification } from './verification.ts';
import { VerificationResult } from './verification-result.tsx';

const MEGABYTE = 1_000_000;

/** Right zone: what was found out about the file, and what to do with it. */
export function VerifyPanel() {
  const { t } = useTranslation('verify');
  const { file, status, result, error } = useVerification((state) => state);
  const choose = useVerification((state) => state.choose);
  const outputError = useDesk((desk) => desk.error);
  return (
    <div className={styles.panel}>
      <header className={styles.header}>
        <h1 className={styles.title}>{t('title')}</h1>
        {file && <p className={styles.text}>{file.name}</p>}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area has to be reachable by keyboard */}
      <section className={styles.body} aria-label={t('result')} tabIndex={0}>
        {status === 'waiting' && <p>{t('text')}</p>}
        {status === 'checking' && <Checking />}
        {error && <ProblemNotice error={error} />}
        {outputError && <ErrorNotice error={outputError} />}
        {result && <VerificationResult result={result} />}
      </section>
      <footer className={styles.footer}>
        {file && result && (
          <OutputButtons
            save={{ label: t('saveReport'), act: (api) => api.verification.saveReport({ id: file.id }) }}
            print={{ label: t('printReport'), act: (api) => api.verification.printReport({ id: file.id }) }}
          />
        )}
        {status !== 'waiting' && status !== 'checking' && (
          <Button kind="primary" size="large" icon="folder" wide onPress={() => void choose()}>
            {t('another')}
          </Button>
        )}
      </footer>
    </div>
  );
}

function Checking() {
  const { t, i18n } = useTranslation('verify');
  const { file, progress, stop } = useVerification((state) => state);
  const megabytes = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 0 });
  const amount = (bytes: number): string => megabytes.format(Math.ceil(bytes / MEGABYTE));
  const label = t('checking', { name: file?.name });
  return (
    <>
      {progress ? (
        <Progress
          label={`${label} ${t('checked', { done: amount(progress.read), total: amount(progress.expected) })}`}
          done={progress.read}
          total={progress.expected}
        />
      ) : (
        <Progress label={label} />
      )}
      <Button icon="close" onPress={() => void stop()}>
        {t('stop')}
      </Button>
    </>
  );
}
