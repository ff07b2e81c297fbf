import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { later } from '../../ui/later.tsx';
import { Progress } from '../../ui/progress.tsx';

const PlacementView = later(() => import('./placement-view.tsx')).component((module) => module.PlacementView);

/** Comes with the viewer, which is most of the code of the window. */
export function LazyPlacementView() {
  const { t } = useTranslation('common');
  return (
    <Suspense fallback={<Progress label={t('document.opening')} />}>
      <PlacementView />
    </Suspense>
  );
}
