import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { templateNameSchema } from '../../../contract/model/placement.ts';
import { permitted, templateFor } from '../../../contract/model/proposed-placement.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Select } from '../../ui/select.tsx';
import { useDesk } from '../desk.ts';
import styles from './placement.module.css';
import { isSamePlacement } from './placement-choices.ts';
import { type SelectedPlacement, usePlacementStore } from './placement-store.ts';

/** Places that were saved under a name; the one of this form is proposed by itself and can be changed. */
export function Templates({ selection }: { readonly selection: SelectedPlacement }) {
  const { t } = useTranslation('clerk');
  const act = useDesk((desk) => desk.act);
  const templates = usePlacementStore((store) => store.templates);
  const setTemplates = usePlacementStore((store) => store.setTemplates);
  const [isNaming, setNaming] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  const { document, placement, choose } = selection;
  const used = templates.find((template) =>
    isSamePlacement(permitted(document, template.placement), placement),
  );
  const recognised = templateFor(document, templates);
  return (
    <>
      {recognised && used?.id === recognised.id && (
        <Notice kind="info">{t('placement.recognised', { name: recognised.name })}</Notice>
      )}
      {templates.length > 0 && (
        <div className={styles.row}>
          <Select
            label={t('placement.template')}
            value={used?.id ?? ''}
            choices={[
              { value: '', label: t('placement.noTemplate') },
              ...templates.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(id) => {
              const chosen = templates.find((template) => template.id === id);
              if (chosen) choose(permitted(document, chosen.placement));
            }}
          />
          {used && (
            <>
              <Button onPress={() => setRemoving(true)}>{t('placement.removeTemplate')}</Button>
              <Dialog
                isOpen={isRemoving}
                title={t('placement.removeTitle', { name: used.name })}
                confirm={t('placement.removeTemplate')}
                cancel={t('placement.keepTemplate')}
                isDestructive
                onCancel={() => setRemoving(false)}
                onConfirm={() => {
                  setRemoving(false);
                  void act(async (api) => setTemplates(await api.placements.removeTemplate({ id: used.id })));
                }}
              >
                {t('placement.removeText')}
              </Dialog>
            </>
          )}
        </div>
      )}
      {!used && !isNaming && (
        <Button kind="quiet" onPress={() => setNaming(true)}>
          {t('placement.saveTemplate')}
        </Button>
      )}
      {isNaming && <NameTemplate selection={selection} onDone={() => setNaming(false)} />}
    </>
  );
}

function NameTemplate({ selection, onDone }: { readonly selection: SelectedPlacement; onDone(): void }) {
  const { t } = useTranslation('clerk');
  const act = useDesk((desk) => desk.act);
  const setTemplates = usePlacementStore((store) => store.setTemplates);
  const [typed, setTyped] = useState('');
  const name = templateNameSchema.safeParse(typed);
  const { document, placement } = selection;
  const save = () => {
    if (!name.success) return;
    void act(async (api) => {
      setTemplates(await api.placements.saveTemplate({ name: name.data, document: document.id, placement }));
      onDone();
    });
  };
  return (
    <form
      className={styles.row}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Field label={t('placement.templateName')} value={typed} onChange={setTyped} autoFocus maxLength={60} />
      <Button type="submit" isDisabled={!name.success}>
        {t('placement.save')}
      </Button>
    </form>
  );
}
