/** The line to the process that forked this one, if any. */
export interface ParentChannel {
  send(message: object): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The parent is gone, whatever ended it. */
  onClose(listener: () => void): void;
}

/** What Electron gives its utility processes in place of Node's channel. */
interface ParentPort {
  postMessage(message: object): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

/** Node's fork and Electron's utility process speak differently; a utility process ends with its parent anyway. */
export function parentChannel(process: NodeJS.Process): ParentChannel {
  const { parentPort } = process as NodeJS.Process & { readonly parentPort?: ParentPort };
  if (parentPort) {
    return {
      send: (message) => parentPort.postMessage(message),
      onMessage: (listener) => parentPort.on('message', ({ data }) => listener(data)),
      onClose: () => undefined,
    };
  }
  const wasForked = process.connected;
  return {
    send(message) {
      if (process.connected) process.send?.(message);
    },
    onMessage: (listener) => process.on('message', listener),
    onClose(listener) {
      // The parent may have ended while this process was still starting: the event was then told to nobody.
      if (wasForked && !process.connected) queueMicrotask(listener);
      else process.once('disconnect', listener);
    },
  };
}
