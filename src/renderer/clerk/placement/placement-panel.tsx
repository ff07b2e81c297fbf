import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { permitted, USUAL_PLACE } from '../../../contract/model/proposed-placement.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Notice } from '../../ui/notice.tsx';
import { RadioGroup } from '../../ui/radio-group.tsx';
import { Select } from '../../ui/select.tsx';
import { placeBeside } from '../case/case-draft.ts';
import { useDesk } from '../desk.ts';
import { usePickedSelection } from '../documents/picked-selection.ts';
import { ErrorNotice } from '../error-notice.tsx';
import { Panel } from '../panel.tsx';
import { CaseSection, useDraftCase } from './case-section.tsx';
import { placementOf } from './placement-choices.ts';
import { PlacementNumbers } from './placement-numbers.tsx';
import { type SelectedPlacement, usePlacementStore, useSelectedPlacement } from './placement-store.ts';
import { Templates } from './templates.tsx';

/** Third step: where the signature is seen on each document, by mouse, by keyboard, or by numbers. */
export function PlacementPanel() {
  const { t } = useTranslation('clerk');
  const register = useDesk((desk) => desk.register);
  const working = useDesk((desk) => desk.working);
  const pinNeeded = useDesk((desk) => desk.station.pinNeeded);
  const go = useDesk((desk) => desk.go);
  const choices = usePlacementStore((store) => store.choices);
  const preview = usePlacementStore((store) => store.preview);
  const selection = useSelectedPlacement();
  useProposals();
  const registerCase = useDesk((desk) => desk.registerCase);
  const identity = useDesk((desk) => desk.identity);
  const picked = useDesk((desk) => desk.picked);
  const { signers, left, anyOrder, seal } = useDraftCase();
  const isCase = signers.length > 0 || seal !== undefined;
  const isBusy = working || left.length === picked.length;
  const beginCase = () => {
    if (!identity) return;
    const own = picked
      .filter(({ id }) => !left.includes(id))
      .map((one) => ({ id: one.id, placement: placementOf(choices, one) }));
    void registerCase({
      documents: picked.map(({ id }) => id),
      signers: [
        ...signers.map(({ documents, ...one }) => ({ ...one, documents: [...documents] })),
        { identity, documents: own },
      ],
      order: anyOrder ? 'anyOrder' : 'inOrder',
      ...(seal !== undefined && {
        seal: {
          id: seal,
          documents: picked.map((one) => ({
            id: one.id,
            placement: placeBeside(placementOf(choices, one), one),
          })),
        },
      }),
    });
  };
  const isUnreadable = preview.state === 'failed' && selection?.placement.kind !== 'invisible';
  return (
    <Panel
      step="placement"
      title={t('placement.title')}
      text={t('placement.text')}
      actions={
        <>
          <Button
            kind="primary"
            size="large"
            wide
            isDisabled={isBusy || isUnreadable || (!isCase && left.length > 0)}
            onPress={
              isCase
                ? beginCase
                : () => void register((document) => placementOf(choices, document), !pinNeeded)
            }
          >
            {working
              ? t('identity.registering')
              : t(isCase ? 'case.start' : pinNeeded ? 'identity.register' : 'identity.registerAndHandOver')}
          </Button>
          {!pinNeeded && !isCase && (
            <Button
              kind="quiet"
              isDisabled={isBusy || isUnreadable || left.length > 0}
              onPress={() => void register((document) => placementOf(choices, document), false)}
            >
              {t('identity.register')}
            </Button>
          )}
          <Button kind="quiet" isDisabled={working} onPress={() => go({ kind: 'identity' })}>
            {t('placement.back')}
          </Button>
        </>
      }
    >
      {selection && <PlacementOf selection={selection} />}
      <CaseSection isDisabled={working || isUnreadable} />
      {isUnreadable &&
        (preview.error.code === 'OSS_PDF_RECTANGLE_INVALID' ? (
          <Notice kind="bad" title={t('placement.tooSmallTitle')}>
            {t('placement.tooSmallText')}
          </Notice>
        ) : (
          <ErrorNotice error={preview.error} />
        ))}
    </Panel>
  );
}

/** Proposals are made once for the current documents; documents added later get theirs with a new look. */
function useProposals(): void {
  const api = useDesk((desk) => desk.api);
  const act = useDesk((desk) => desk.act);
  const picked = useDesk((desk) => desk.picked);
  const propose = usePlacementStore((store) => store.propose);
  useEffect(() => {
    void act(async () => propose(picked, await api.placements.templates()));
  }, [act, api, picked, propose]);
}

function PlacementOf({ selection }: { readonly selection: SelectedPlacement }) {
  const { t } = useTranslation('clerk');
  const documents = useDesk((desk) => desk.picked);
  const { select } = usePickedSelection();
  const { document, placement, forAll, choose, setForAll } = selection;
  const [field] = document.fields;
  const kinds = [
    { value: 'placed' as const, label: t('placement.onPage'), isDisabled: document.certified },
    ...document.fields.map(({ name }) => ({
      value: `field:${name}` as const,
      label: t('placement.inField', { name }),
    })),
    { value: 'invisible' as const, label: t('placement.invisible') },
  ];
  const kind = placement.kind === 'field' ? (`field:${placement.name}` as const) : placement.kind;
  return (
    <>
      {documents.length > 1 && (
        <>
          <Select
            label={t('placement.document')}
            value={document.id}
            choices={documents.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={select}
          />
          <Checkbox isCompact isSelected={forAll} onChange={setForAll}>
            {t('placement.forAll')}
          </Checkbox>
        </>
      )}
      {document.certified && (
        <Notice kind="warn">{field ? t('placement.certifiedField') : t('placement.certified')}</Notice>
      )}
      <RadioGroup
        label={t('placement.kind')}
        value={kind}
        choices={kinds}
        onChange={(chosen) => {
          if (chosen === 'invisible') choose({ kind: 'invisible' });
          else if (chosen === 'placed') choose(permitted(document, USUAL_PLACE));
          else choose({ kind: 'field', name: chosen.slice('field:'.length) });
        }}
      />
      {placement.kind === 'placed' && <PlacementNumbers selection={selection} placement={placement} />}
      <Templates selection={selection} />
    </>
  );
}
