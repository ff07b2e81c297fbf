import { isStationPage, WorldBridge } from './world-bridge.ts';

/** The page's own world: receives what the preload exposes, frozen as contextBridge does it. */
declare const STANDIN_SECRET: string;

function freeze<T>(value: T): T {
  if (value !== null && typeof value === 'object') {
    Object.values(value).forEach(freeze);
    Object.freeze(value);
  }
  return value;
}

if (isStationPage()) {
  const node = document.createElement('i');
  const bridge = new WorldBridge(node, 'main');
  bridge.on('expose', 'main', ({ name, api }) => {
    Object.defineProperty(window, String(name), {
      value: freeze(bridge.unpack(api)),
      writable: false,
      configurable: false,
      enumerable: true,
    });
  });
  // A denied window is null for the page, as in Electron; main is told of the wish.
  const { open } = window;
  window.open = (url) => {
    bridge.send('windowOpen', { url: String(url ?? '') });
    return null;
  };
  Object.defineProperty(window.open, 'name', { value: open.name });
  window.dispatchEvent(new MouseEvent(STANDIN_SECRET, { relatedTarget: node }));
}
