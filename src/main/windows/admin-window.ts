import { openWindow, type StationWindow, type WindowHost } from './window.ts';

export function openAdminWindow(host: WindowHost): StationWindow {
  const opened = openWindow(host, 'admin', {
    title: 'One-Shot Signature Station: administration',
    width: 1180,
    height: 820,
    minWidth: 720,
    minHeight: 560,
    backgroundColor: '#f6f7f9',
  });
  opened.window.setContentProtection(host.packaged);
  return opened;
}
