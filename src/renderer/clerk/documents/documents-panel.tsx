import { useTranslation } from 'react-i18next';
import { ERRORS } from '../../../contract/errors.ts';
import type { PickedDocument } from '../../../contract/ipc/documents.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useDesk } from '../desk.ts';
import { Panel } from '../panel.tsx';
import styles from './documents.module.css';
import { usePickedSelection } from './picked-selection.ts';

/** First step: what is to be signed. A file that cannot be signed says at once why. */
export function DocumentsPanel() {
  const { t } = useTranslation('clerk');
  const picked = useDesk((desk) => desk.picked);
  const choose = useDesk((desk) => desk.choose);
  const go = useDesk((desk) => desk.go);
  const isUsable = picked.length > 0 && picked.every(({ problem }) => !problem);
  const advice = picked.some(({ problem }) => problem)
    ? t('documents.removeFirst')
    : t('documents.noneUsable');
  return (
    <Panel
      step="documents"
      title={t('documents.title')}
      text={isUsable ? undefined : advice}
      actions={
        <Button
          kind="primary"
          size="large"
          wide
          isDisabled={!isUsable}
          onPress={() => go({ kind: 'identity' })}
        >
          {t('documents.continue')}
        </Button>
      }
    >
      {picked.length > 0 && (
        <>
          <ul className={styles.list}>
            {picked.map((document) => (
              <PickedItem key={document.id} document={document} />
            ))}
          </ul>
          <Button icon="plus" onPress={() => void choose()}>
            {t('documents.add')}
          </Button>
        </>
      )}
    </Panel>
  );
}

function PickedItem({ document }: { readonly document: PickedDocument }) {
  const { t, i18n } = useTranslation('clerk');
  const remove = useDesk((desk) => desk.remove);
  const { selected, select } = usePickedSelection();
  const { id, name, bytes, pages, earlierSignatures, problem } = document;
  const size = new Intl.NumberFormat(i18n.language, {
    style: 'unit',
    unit: 'kilobyte',
    maximumFractionDigits: 0,
  });
  const facts = [
    pages !== undefined && t('documents.pages', { count: pages }),
    size.format(Math.max(1, bytes / 1000)),
    earlierSignatures > 0 && t('documents.signedBefore', { count: earlierSignatures }),
  ].filter(Boolean);
  return (
    <li className={styles.item} data-problem={problem !== undefined}>
      <button
        type="button"
        className={styles.choose}
        aria-current={selected?.id === id ? 'true' : undefined}
        disabled={problem !== undefined}
        onClick={() => select(id)}
      >
        <Icon name={problem ? 'warning' : 'document'} />
        <span className={styles.about}>
          <span className={styles.name}>{name}</span>
          <span className={styles.facts}>{facts.join(' · ')}</span>
        </span>
      </button>
      <IconButton icon="close" label={t('documents.remove', { name })} onPress={() => void remove(id)} />
      {problem && (
        <p className={styles.problem}>
          <strong>{t('documents.cannotSign')}.</strong> {ERRORS[problem.code].message}{' '}
          {ERRORS[problem.code].action}
        </p>
      )}
    </li>
  );
}
