import { SandboxBanner } from '../ui/sandbox-banner.tsx';
import { IdleGuard } from './aids/idle-guard.tsx';
import { useCeremony } from './ceremony.ts';
import styles from './screen.module.css';
import { AgreementScreen } from './screens/agreement-screen.tsx';
import { DeclinedScreen, DoneScreen, SigningScreen } from './screens/closing-screens.tsx';
import { CodeScreen } from './screens/code-screen.tsx';
import { ReadingScreen } from './screens/reading-screen.tsx';
import { WelcomeScreen } from './screens/welcome-screen.tsx';
import { TopBar } from './top-bar.tsx';

const SCREENS = Object.freeze({
  welcome: WelcomeScreen,
  reading: ReadingScreen,
  agreement: AgreementScreen,
  code: CodeScreen,
  signing: SigningScreen,
  done: DoneScreen,
  declined: DeclinedScreen,
});

/** One decision a screen. Which one is main's word. */
export function App() {
  const step = useCeremony(({ view }) => view.step);
  const sandbox = useCeremony(({ view }) => view.sandbox);
  const Screen = SCREENS[step];
  return (
    <div className={styles.window}>
      {sandbox && <SandboxBanner />}
      <TopBar />
      <IdleGuard>
        <Screen />
      </IdleGuard>
    </div>
  );
}
