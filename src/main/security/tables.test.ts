import { describe, expect, it } from 'vitest';
import { CONTENT_SECURITY_POLICY, PDF_WORKER_POLICY, pagePolicy } from './content-security-policy.ts';
import { mayNavigate } from './navigation.ts';
import { isLoadable } from './network.ts';
import { isPermitted } from './permissions.ts';

describe('navigation', () => {
  it('stays at the one page of the window', () => {
    expect(mayNavigate('app://clerk/clerk.html', 'clerk')).toBe(true);
    expect(mayNavigate('app://clerk/clerk.html#top', 'clerk')).toBe(true);
  });

  it.each([
    'app://signer/signer.html',
    'app://clerk/signer.html',
    'app://clerk/documents/doc_00000000000000000000000000000000',
    'app://clerk:80/clerk.html',
    'app://clerk.html',
    'https://example.com/clerk.html',
    'file:///etc/passwd',
    'data:text/html,<p>',
    'javascript:alert(1)',
    'about:blank',
    '',
  ])('never goes to %j', (url) => {
    expect(mayNavigate(url, 'clerk')).toBe(false);
  });
});

describe('the network', () => {
  it.each([
    'https://example.com/',
    'http://127.0.0.1/',
    'ws://127.0.0.1/',
    'file:///etc/passwd',
    'ftp://x/',
    'garbage',
  ])('has no %s', (url) => {
    expect(isLoadable(url)).toBe(false);
  });
});

describe('permissions', () => {
  it.each([
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'openExternal',
    'fullscreen',
    'hid',
    'serial',
    'usb',
  ])('deny %s', (permission) => {
    for (const role of [undefined, 'signer', 'admin', 'display', 'printer'] as const)
      expect(isPermitted(permission, role)).toBe(false);
    expect(isPermitted(permission, 'clerk')).toBe(permission === 'media');
  });

  it('let the clerk use the camera, and no microphone', () => {
    expect(isPermitted('media', 'clerk', ['video'])).toBe(true);
    expect(isPermitted('media', 'clerk', ['audio'])).toBe(false);
    expect(isPermitted('media', 'clerk', ['video', 'audio'])).toBe(false);
  });
});

describe('the content security policy', () => {
  it('starts from nothing and names no other place, no inline code and no eval', () => {
    for (const policy of [CONTENT_SECURITY_POLICY, PDF_WORKER_POLICY, pagePolicy('N0nce')]) {
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
    }
  });

  it('lets wasm run in the worker that decodes documents only', () => {
    expect(PDF_WORKER_POLICY).toContain("'wasm-unsafe-eval'");
    expect(pagePolicy('N0nce')).not.toContain('wasm');
  });
});
