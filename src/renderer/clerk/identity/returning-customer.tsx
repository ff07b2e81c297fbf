import { useEffect, useState } from 'react';
import { type Control, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { type Identity, type IdentityInput, idDocumentSchema } from '../../../contract/model/identity.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useDesk } from '../desk.ts';
import styles from './returning-customer.module.css';

interface ReturningCustomerProps {
  readonly control: Control<IdentityInput, unknown, Identity>;
  /** Whether the clerk has typed the id document; otherwise nothing is offered. */
  readonly isTyped: boolean;
  readonly onUse: (identity: Identity) => void;
}

/** The clerk is still typing. */
const PAUSE_MS = 300;

interface Offer {
  readonly idDocument: Identity['idDocument'];
  readonly name: string;
  readonly lastSeen: string;
  readonly maskedPhone: string;
}

/** Somebody with this id document was here lately: their data is offered, and filled in only when asked for. */
export function ReturningCustomer({ control, isTyped, onUse }: ReturningCustomerProps) {
  const { t, i18n } = useTranslation('clerk');
  const act = useDesk((desk) => desk.act);
  const [offer, setOffer] = useState<Offer>();
  const { type, country, number } = useWatch({ control, name: 'idDocument' });

  useEffect(() => {
    setOffer(undefined);
    const idDocument = idDocumentSchema.safeParse({ type, country, number });
    if (!isTyped || !idDocument.success) return;
    let isCurrent = true;
    const timer = setTimeout(() => {
      void act(async (api) => {
        const found = await api.customers.find({ idDocument: idDocument.data });
        if (isCurrent && found) setOffer({ ...found, idDocument: idDocument.data });
      });
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [act, isTyped, type, country, number]);

  const use = () =>
    act(async (api) => {
      const identity = offer && (await api.customers.use({ idDocument: offer.idDocument }));
      if (identity) onUse(identity);
      setOffer(undefined);
    });
  const day = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'long' });
  return (
    <div className={styles.place} role="status">
      {offer && (
        <div className={styles.offer}>
          <Icon name="person" />
          <p className={styles.question}>
            <strong>{t('identity.returning', { name: offer.name })}</strong>{' '}
            {t('identity.lastSeen', {
              day: day.format(new Date(offer.lastSeen)),
              phone: offer.maskedPhone,
            })}
          </p>
          <div className={styles.responses}>
            <Button onPress={() => void use()}>{t('identity.useData')}</Button>
            <Button kind="quiet" onPress={() => setOffer(undefined)}>
              {t('identity.dismissData')}
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}
