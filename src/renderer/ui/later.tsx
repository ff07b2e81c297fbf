import { type ComponentType, createElement, lazy, type ReactNode, useState } from 'react';

/** Code that is loaded when it is first shown or, better, before. Shown inside `Suspense`. */
export function later<M>(load: () => Promise<M>) {
  let loaded: M | undefined;
  const preload = async (): Promise<M> => {
    loaded ??= await load();
    return loaded;
  };
  /** One component of the module. */
  function component<P extends object>(choose: (module: M) => ComponentType<P>): ComponentType<P> {
    const late = lazy(async () => ({ default: choose(await preload()) })) as unknown as ComponentType<P>;
    return (props) =>
      createElement(Chosen, {
        choose: () => (loaded ? choose(loaded) : late) as ComponentType<object>,
        props,
      });
  }
  return { preload, component };
}

interface ChosenProps {
  readonly choose: () => ComponentType<object>;
  readonly props: object;
}

/**
 * What is loaded is shown at once: `lazy` would suspend all the same, and React lets 300 ms pass after that. Chosen
 * once, because another component would begin again.
 */
function Chosen({ choose, props }: ChosenProps): ReactNode {
  const [shown] = useState(choose);
  return createElement(shown, props);
}
