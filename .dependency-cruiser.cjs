// The arrows of the architecture (CONTRIBUTING.md, "Layout"): a wrong import fails `npm run check`.
const only = (from, allowed, comment) => ({
  name: `${from}-imports`,
  comment,
  severity: 'error',
  from: { path: `^src/${from}/` },
  to: { path: '^src/', pathNot: `^src/(${[from, ...allowed].join('|')})/` },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-electron-outside-main',
      comment: 'The Optimizer, the service and the command line run without Electron.',
      severity: 'error',
      from: { pathNot: '^src/(main|preload)/' },
      to: { path: '^(node_modules/)?electron(/|$)' },
    },
    only('contract', [], 'The contract is the leaf: nothing of ours below it.'),
    only('pki', ['contract'], 'contract <- pki'),
    only(
      'typography',
      ['contract'],
      'Text as glyphs, for whoever prints: contract <- typography <- {pdf, paper}',
    ),
    only('pdf', ['contract', 'pki', 'typography'], 'contract <- pki <- pdf'),
    only(
      'paper',
      ['contract', 'typography'],
      'contract <- paper <- {service, optimizer}: our own printed matter',
    ),
    only(
      'optimizer',
      ['contract', 'pki', 'pdf', 'typography', 'paper'],
      'contract <- pki <- pdf <- optimizer',
    ),
    only(
      'service',
      ['contract', 'pki', 'paper'],
      'The signature service cannot see a document: it may not import src/pdf.',
    ),
    only('renderer', ['contract', 'preload'], 'The windows know types only.'),
    only('cli', ['contract', 'pki', 'optimizer', 'service'], 'contract, pki <- service <- cli'),
    {
      name: 'nothing-imports-main',
      severity: 'error',
      from: { path: '^src/(?!main/)' },
      to: { path: '^src/main/' },
    },
    {
      name: 'optimizer-through-its-index',
      severity: 'error',
      from: { path: '^src/(cli|main)/' },
      to: { path: '^src/optimizer/', pathNot: '^src/optimizer/index\\.ts$' },
    },
    {
      name: 'loaded-when-needed',
      comment:
        'Whoever signs or verifies at a desk starts without the server, its database and the HTTP library.',
      severity: 'error',
      from: { path: '^src/optimizer/', pathNot: '^src/optimizer/api/(?!index\\.ts$)|\\.test\\.ts$' },
      to: {
        path: '^src/optimizer/api/(start|open-data)\\.ts$|node_modules/(undici|fastify|libsql)/',
        dynamic: false,
        dependencyTypesNot: ['type-only', 'type-import'],
      },
    },
    {
      name: 'no-unlisted-packages',
      comment:
        'What runs from node_modules is a dependency; the windows are bundled, and Electron is the host.',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.ts$|^src/(main|preload|renderer)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types'] },
  },
};
