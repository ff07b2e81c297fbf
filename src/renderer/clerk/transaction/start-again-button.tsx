import { Button } from '../../ui/button.tsx';
import { useDesk } from '../desk.ts';

interface StartAgainButtonProps {
  readonly id: string;
  readonly label: string;
}

/** The same documents and person once more, everything filled in: nothing is typed twice (WCAG 3.3.7). */
export function StartAgainButton({ id, label }: StartAgainButtonProps) {
  const startAgain = useDesk((desk) => desk.startAgain);
  const working = useDesk((desk) => desk.working);
  return (
    <Button size="large" wide isDisabled={working} onPress={() => void startAgain(id)}>
      {label}
    </Button>
  );
}
