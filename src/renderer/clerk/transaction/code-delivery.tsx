import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Delivery } from '../../../contract/model/delivery.ts';
import { Notice } from '../../ui/notice.tsx';
import { useDesk } from '../desk.ts';

/** How often it is asked for, in milliseconds; a receipt takes some seconds. */
const ASK_EVERY = 3_000;
/** Nothing more becomes known of these. */
const FINAL: readonly Delivery['state'][] = ['delivered', 'failed', 'unknown'];

/** What became of the code: nothing of it is in the window of the signer, who looks at the phone. */
export function CodeDelivery({ id, sentAt }: { readonly id: string; readonly sentAt: string }) {
  const { t, i18n } = useTranslation('clerk');
  const delivery = useDelivery(id, sentAt);
  if (delivery === undefined || delivery.state === 'none') return null;
  const { state, channel = 'sms', at } = delivery;
  const format = new Intl.DateTimeFormat(i18n.language, { hour: '2-digit', minute: '2-digit' });
  const time = at === undefined ? '' : format.format(new Date(at));
  const text =
    state === 'delivered'
      ? t(`follow.delivery.deliveredBy.${channel}`, { time })
      : t(`follow.delivery.${state}`, { time });
  return (
    <div aria-live="polite">
      <Notice kind={state === 'failed' || state === 'unknown' ? 'warn' : 'info'}>{text}</Notice>
    </div>
  );
}

function useDelivery(id: string, sentAt: string): Delivery | undefined {
  const [delivery, setDelivery] = useState<Delivery>();
  const bridge = useDesk((desk) => desk.codeDelivery);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every change of the transaction may bring another code
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const ask = async (): Promise<void> => {
      // What cannot be learned now is asked again; the signer goes on without it.
      const found = await bridge(id);
      if (isOver) return;
      if (found !== undefined) setDelivery(found);
      if (found === undefined || !FINAL.includes(found.state))
        timer = setTimeout(() => void ask(), ASK_EVERY);
    };
    void ask();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [bridge, id, sentAt]);
  return delivery;
}
