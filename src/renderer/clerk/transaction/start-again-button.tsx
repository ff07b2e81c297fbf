import { Button } from '../../ui/button.tsx';
import { useDesk } from '../desk.ts';

interface StartAgainButtonProps {
  readonly id: string;
  readonly label: string;
  /** Quiet beside another way on. */
  readonly kind?: 'secondary' | 'quiet';
}

/** The same documents and person once more, everything filled in: nothing is typed twice (WCAG 3.3.7). */
export function StartAgainButton({ id, label, kind = 'secondary' }: StartAgainButtonProps) {
  const startAgain = useDesk((desk) => desk.startAgain);
  const working = useDesk((desk) => desk.working);
  return (
    <Button
      kind={kind}
      size={kind === 'quiet' ? 'normal' : 'large'}
      wide={kind !== 'quiet'}
      isDisabled={working}
      onPress={() => void startAgain(id)}
    >
      {label}
    </Button>
  );
}
