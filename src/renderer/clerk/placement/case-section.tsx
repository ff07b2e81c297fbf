import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { nameOf, placeBeside, useCaseDraft } from '../case/case-draft.ts';
import { useDesk } from '../desk.ts';
import styles from '../panel.module.css';
import { placementOf } from './placement-choices.ts';
import { usePlacementStore } from './placement-store.ts';

/** The signers of the draft that is worked on now, and what the one who is entered leaves out. */
export function useDraftCase() {
  const draft = useDesk((desk) => desk.draft);
  const own = useCaseDraft();
  const isOwn = own.draft === draft;
  return {
    signers: isOwn ? own.signers : [],
    left: isOwn ? own.left : [],
    anyOrder: isOwn && own.anyOrder,
    seal: isOwn ? own.seal : undefined,
  };
}

/** Seals that the officer of this station may use, once somebody looks; nobody waits for them. */
function useSeals(isAskedFor: boolean) {
  const api = useDesk((desk) => desk.api);
  const [seals, setSeals] = useState<Awaited<ReturnType<typeof api.cases.seals>>>([]);
  useEffect(() => {
    if (!isAskedFor) return undefined;
    let isShown = true;
    api.cases.seals().then(
      (offered) => isShown && setSeals(offered),
      () => undefined,
    );
    return () => {
      isShown = false;
    };
  }, [api, isAskedFor]);
  return seals;
}

/** Several people sign: who is entered already, what this one signs, and the next one. */
export function CaseSection({ isDisabled }: { readonly isDisabled: boolean }) {
  const { t } = useTranslation('clerk');
  const draft = useDesk((desk) => desk.draft);
  const picked = useDesk((desk) => desk.picked);
  const identity = useDesk((desk) => desk.identity);
  const anotherSigner = useDesk((desk) => desk.anotherSigner);
  const choices = usePlacementStore((store) => store.choices);
  const change = usePlacementStore((store) => store.change);
  const { add, remove, setAnyOrder, setSeal, setSigns } = useCaseDraft();
  const { signers, left, anyOrder, seal } = useDraftCase();
  const [isOpen, setOpen] = useState(false);
  const seals = useSeals(isOpen);
  const signed = picked.filter(({ id }) => !left.includes(id));
  const next = () => {
    if (!identity) return;
    const documents = signed.map((one) => ({ id: one.id, placement: placementOf(choices, one) }));
    add(draft, { identity, documents });
    const own = Object.fromEntries(
      picked.map((one) => [one.id, placeBeside(placementOf(choices, one), one)]),
    );
    const [first] = Object.values(own);
    change(choices.forAll && first ? { ...choices, common: first } : { ...choices, forAll: false, own });
    anotherSigner();
  };
  return (
    <details
      className={styles.help}
      open={signers.length > 0 || seal !== undefined}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{t('case.several')}</summary>
      <div className={styles.links}>
        {signers.length > 0 && (
          <ol className={styles.signers} aria-label={t('case.soFar')}>
            {signers.map((signer, index) => (
              <li key={signer.identity.idDocument.number} className={styles.file}>
                <span>{nameOf(signer)}</span>
                <IconButton
                  icon="close"
                  label={t('case.remove', { name: nameOf(signer) })}
                  onPress={() => remove(index)}
                />
              </li>
            ))}
          </ol>
        )}
        {picked.length > 1 && (
          <fieldset className={styles.links}>
            <legend>{t('case.signs')}</legend>
            {picked.map(({ id, name }) => (
              <Checkbox
                key={id}
                isCompact
                isSelected={!left.includes(id)}
                onChange={(signs) => setSigns(draft, id, signs)}
              >
                {name}
              </Checkbox>
            ))}
          </fieldset>
        )}
        <Button icon="plus" isDisabled={isDisabled || signed.length === 0} onPress={next}>
          {t('case.another')}
        </Button>
        {seals.map(({ id, organisation }) => (
          <Checkbox
            key={id}
            isCompact
            isSelected={seal === id}
            onChange={(isOn) => setSeal(draft, isOn ? id : undefined)}
          >
            {t('case.seal', { name: organisation })}
          </Checkbox>
        ))}
        {signers.length > 0 && (
          <Checkbox isCompact isSelected={anyOrder} onChange={setAnyOrder}>
            {t('case.anyOrder')}
          </Checkbox>
        )}
      </div>
    </details>
  );
}
