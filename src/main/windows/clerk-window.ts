import { openWindow, type StationWindow, type WindowHost } from './window.ts';

export function openClerkWindow(host: WindowHost): StationWindow {
  return openWindow(host, 'clerk', {
    title: 'One-Shot Signature Station',
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 640,
    backgroundColor: '#f6f7f9',
  });
}
