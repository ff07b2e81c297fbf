import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { latinDigits } from '../../../contract/model/typed-number.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Reference } from '../../ui/reference.tsx';
import { useCeremony } from '../ceremony.ts';
import { DeclineButton } from '../decline-button.tsx';
import styles from '../screen.module.css';
import { Screen } from '../screen.tsx';
import { useSecondsUntil } from '../seconds-until.ts';
import { WrongNumber } from '../wrong-number.tsx';
import { CodeHelp } from './code-help.tsx';
import { SimulatedSms } from './simulated-sms.tsx';

/** The code from the SMS: one field, visible digits, spaces forgiven, nothing sent before the button. */
export function CodeScreen() {
  const { t } = useTranslation('signer');
  const view = useCeremony((ceremony) => ceremony.view);
  const act = useCeremony((ceremony) => ceremony.act);
  const working = useCeremony((ceremony) => ceremony.working);
  const [typed, setTyped] = useState('');
  const [isTooShort, setTooShort] = useState(false);
  const digits = view.code?.digits ?? 6;
  const code = typed.replace(/\D/g, '');
  const sign = async () => {
    setTooShort(code.length < digits);
    if (code.length < digits) return;
    await act((api) => api.sign({ code }));
    setTyped('');
  };
  return (
    <Screen
      title={t('code.title')}
      actions={
        <>
          <DeclineButton />
          <Button kind="primary" size="large" icon="pen" isDisabled={working} onPress={() => void sign()}>
            {t('code.sign')}
          </Button>
        </>
      }
    >
      <p className={styles.row}>
        {view.code && <SentTo phone={view.maskedPhone} />} {view.maskedPhone !== '' && <WrongNumber />}
      </p>
      {view.reference !== undefined && (
        <div className={styles.reference}>
          <span>{t('code.reference')}</span>
          <span className={styles.referenceValue}>
            <Reference value={view.reference} />
          </span>
          <span className={styles.quiet}>{t('code.compare')}</span>
        </div>
      )}
      <div className={styles.codeEntry}>
        <div className={styles.codeField}>
          <Field
            label={t('code.label')}
            hint={t('code.hint', { count: digits })}
            look="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
            value={typed}
            onChange={(text) => {
              setTyped(latinDigits(text).replace(/[^\d\s]/g, ''));
              setTooShort(false);
            }}
            onKeyDown={({ key }) => key === 'Enter' && void sign()}
            error={isTooShort ? t('code.tooShort', { count: digits }) : undefined}
          />
        </div>
        <CodeLife />
      </div>
      <SimulatedSms />
      <CodeHelp />
    </Screen>
  );
}

/** Some providers keep the number to themselves. */
function SentTo({ phone }: { readonly phone: string }) {
  const { t } = useTranslation('signer');
  return phone === '' ? t('code.sentByProvider') : t('code.sentTo', { phone });
}

/** How long the code is good, how many tries are left, when a new one can be sent. */
function CodeLife() {
  const { t, i18n } = useTranslation('signer');
  const { code, unconfirmedCode } = useCeremony(({ view }) => view);
  const act = useCeremony((ceremony) => ceremony.act);
  const working = useCeremony((ceremony) => ceremony.working);
  const [isResent, setResent] = useState(false);
  const left = useSecondsUntil(code?.expiresAt);
  const untilResend = useSecondsUntil(code?.resendAt ?? unconfirmedCode?.resendAt);
  const resend = (
    <p className={styles.row}>
      <Button
        isDisabled={working || untilResend > 0 || code?.codesLeft === 0}
        onPress={async () => setResent(await act((api) => api.resendCode()))}
      >
        {untilResend > 0 ? t('code.resendIn', { seconds: untilResend }) : t('code.resend')}
      </Button>
      <span role="status">{isResent && code !== undefined && t('code.resent')}</span>
    </p>
  );
  if (!code) {
    return (
      <div className={styles.choices}>
        <p role="status">{t('code.unconfirmed')}</p>
        {resend}
      </div>
    );
  }
  const time = new Intl.DurationFormat(i18n.language, { style: 'long' }).format({
    minutes: Math.floor(left / 60),
    seconds: left % 60,
  });
  const state =
    code.triesLeft === 0 ? t('code.noTries') : left === 0 ? t('code.expired') : t('code.expires', { time });
  return (
    <div className={styles.choices}>
      <p>
        {state} {code.triesLeft > 0 && left > 0 && t('code.tries', { count: code.triesLeft })}
      </p>
      {resend}
    </div>
  );
}
