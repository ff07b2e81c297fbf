import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { useAdmin } from './admin.ts';

interface ConfirmedButtonProps {
  readonly children: string;
  /** Read aloud instead of the words on it, where several look the same. */
  readonly label?: string;
  readonly title: string;
  readonly text: string;
  readonly onConfirm: () => void;
}

/** A button for what cannot be taken back: it asks first. */
export function ConfirmedButton({ children, label, title, text, onConfirm }: ConfirmedButtonProps) {
  const { t } = useTranslation('admin');
  const working = useAdmin((admin) => admin.working);
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button
        kind="danger"
        isDisabled={working}
        {...(label !== undefined && { 'aria-label': label })}
        onPress={() => setAsking(true)}
      >
        {children}
      </Button>
      <Dialog
        isOpen={isAsking}
        title={title}
        confirm={t('remove')}
        cancel={t('keep')}
        isDestructive
        onConfirm={() => {
          setAsking(false);
          onConfirm();
        }}
        onCancel={() => setAsking(false)}
      >
        {text}
      </Dialog>
    </>
  );
}
