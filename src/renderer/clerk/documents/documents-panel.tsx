import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { useDesk } from '../desk.ts';
import { PickedList } from '../lazy-panels.ts';
import { Panel } from '../panel.tsx';

/** First step: what is to be signed. A file that cannot be signed says at once why. */
export function DocumentsPanel() {
  const { t } = useTranslation('clerk');
  const picked = useDesk((desk) => desk.picked);
  const choose = useDesk((desk) => desk.choose);
  const go = useDesk((desk) => desk.go);
  const isExamined = picked.every(({ examined }) => examined);
  const isUsable = picked.length > 0 && picked.every(({ problem }) => !problem);
  const advice = picked.some(({ problem }) => problem)
    ? t('documents.removeFirst')
    : t('documents.noneUsable');
  return (
    <Panel
      step="documents"
      title={t('documents.title')}
      text={!isUsable ? advice : isExamined ? undefined : t('documents.examining')}
      actions={
        <Button
          kind="primary"
          size="large"
          wide
          isDisabled={!isUsable || !isExamined}
          onPress={() => go({ kind: 'identity' })}
        >
          {t('documents.continue')}
        </Button>
      }
    >
      {picked.length > 0 && (
        <>
          <Suspense>
            <PickedList />
          </Suspense>
          <Button icon="plus" onPress={() => void choose()}>
            {t('documents.add')}
          </Button>
        </>
      )}
    </Panel>
  );
}
