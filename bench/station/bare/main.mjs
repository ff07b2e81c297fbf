// The least application: one window with one line of text. What the host itself takes cannot be undercut.
// Its page can also draw pages with pdf.js and nothing else (page.mjs).
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { app, BrowserWindow, protocol, session } from 'electron';

const PDFJS = resolve(import.meta.dirname, '../../../node_modules/pdfjs-dist');
const TYPES = { '.html': 'text/html', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };

const scheme = { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } };
protocol.registerSchemesAsPrivileged([scheme]);
void app.whenReady().then(open);

function open() {
  const opened = session.fromPartition('bare', { cache: false });
  opened.protocol.handle('app', async (request) => serve(request));
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    show: false,
    webPreferences: {
      partition: 'bare',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
    },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL('app://bare/page.html');
}

/** @param {Request} request */
function serve(request) {
  const { pathname } = new URL(request.url);
  if (pathname === '/document') return piece(process.env.BENCH_PICKS ?? '', request);
  const folder = pathname.startsWith('/pdfjs/') ? PDFJS : import.meta.dirname;
  const headers = { 'content-type': TYPES[/** @type {'.mjs'} */ (extname(pathname))] ?? '' };
  return new Response(readFileSync(resolve(folder, pathname.replace(/^\/(pdfjs\/)?/, ''))), { headers });
}

/** @param {string} path @param {Request} request */
function piece(path, request) {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.get('range') ?? '') ?? [];
  if (from === undefined) return Response.json(statSync(path).size);
  const stream = createReadStream(path, { start: Number(from), end: Number(to) });
  return new Response(/** @type {ReadableStream} */ (Readable.toWeb(stream)), { status: 206 });
}
