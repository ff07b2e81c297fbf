// What electron-builder.yml cannot say by itself: which files ship on this system, and where updates come from.
import { unshippedNames } from './modules.mjs';

const { ONESHOT_UPDATES: updates } = process.env;
const target = {
  platform: process.platform,
  arch: process.arch,
  ...(process.platform === 'linux' && { libc: 'glibc' }),
};

/** Files of packages that are read by people and compilers only. */
const NEVER_READ = ['md', 'markdown', 'ts', 'mts', 'cts', 'map', 'flow', 'gyp', 'c', 'cc', 'h', 'yml'];

/** @type {import('electron-builder').Configuration} */
export default {
  // Bundles, and of node_modules what cannot be inside them; the stand-in, tests and sources never ship.
  files: [
    'out/main/**',
    'out/preload/**',
    'out/renderer/**',
    'package.json',
    '!**/*.map',
    `!node_modules/**/*.{${NEVER_READ.join(',')}}`,
    '!node_modules/**/{test,tests,docs,example,examples,.github,.borp.yaml}/**',
    // One build of the reader of pictures, with one set of data; the others are for other computers.
    '!node_modules/tesseract.js-core/*.wasm.js',
    '!node_modules/tesseract.js-core/tesseract-core{,-lstm,-simd,-relaxedsimd,-relaxedsimd-lstm}.{js,wasm}',
    '!node_modules/@tesseract.js-data/eng/4.0.0/**',
    // Forms of packages that only browsers and telephones load.
    '!node_modules/yaml/browser/**',
    '!node_modules/lru-cache/dist/*/{browser,react-native}/**',
    '!node_modules/@hyzyla/pdfium/dist/{index.cjs,index.esm.base64.js,index.esm.browser.js,index.esm.cdn.js,index.esm.worker.js,pdfium.wasm.base64-*.js}',
    ...unshippedNames(target).map((name) => `!node_modules/${name}/**`),
  ],
  // A server of one's own, named when the packages are made; without it a package asks nobody.
  publish: updates ? { provider: 'generic', url: updates, channel: 'latest' } : null,
};
