// Packages of the station: `npm run package` on the system that they are for. What is decided here and why:
// docs/packages.md.
import { unshippedModules } from './scripts/package/modules.mjs';

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
  appId: 'eu.oneshot.station',
  productName: 'One-Shot Signature Station',
  executableName: 'one-shot-signature-station',
  copyright: 'One-Shot Signature Station',
  directories: { output: 'dist', buildResources: 'packaging' },
  icon: 'packaging/icons/1024x1024.png',
  // Bundles, and of node_modules what cannot be inside them; the stand-in, tests and sources never ship.
  files: [
    'out/main/**',
    'out/preload/**',
    'out/renderer/**',
    'package.json',
    '!**/*.map',
    `!node_modules/**/*.{${NEVER_READ.join(',')}}`,
    '!node_modules/**/{test,tests,docs,example,examples,.github,.borp.yaml}/**',
    ...unshippedModules(target).map((place) => `!${place}/**`),
  ],
  extraResources: [
    { from: 'resources', to: 'resources' },
    { from: 'dist/supply-chain', to: 'supply-chain' },
  ],
  asar: true,
  npmRebuild: false,
  // Every switch is decided (standards of the Electron security checklist): the binary runs this program and nothing else.
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  },
  fileAssociations: [
    {
      ext: 'pdf',
      name: 'PDF',
      description: 'Sign with One-Shot Signature Station',
      mimeType: 'application/pdf',
      role: 'Viewer',
      rank: 'Alternate',
    },
  ],
  protocols: [{ name: 'One-Shot Signature Station', schemes: ['oneshot'] }],
  win: { target: ['nsis', 'msi'], icon: 'packaging/icons/icon.ico' },
  // For all accounts of a computer; `/S` installs without a question.
  nsis: {
    oneClick: false,
    perMachine: true,
    allowElevation: true,
    allowToChangeInstallationDirectory: false,
    deleteAppDataOnUninstall: false,
  },
  msi: { oneClick: false, perMachine: true },
  mac: {
    target: 'dmg',
    icon: 'packaging/icons/icon.icns',
    category: 'public.app-category.business',
    hardenedRuntime: true,
    gatekeeperAssess: false,
  },
  linux: {
    target: ['AppImage', 'deb'],
    icon: 'packaging/icons',
    category: 'Office',
    maintainer: 'One-Shot Signature Station <station@oneshot.example>',
  },
  // A server of one's own, named when the packages are made; without it a package asks nobody.
  publish: updates ? { provider: 'generic', url: updates, channel: 'latest' } : null,
};
