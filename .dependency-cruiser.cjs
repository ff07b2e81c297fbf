// The arrows of the architecture (CONTRIBUTING.md, "Layout"): a wrong import fails `npm run check`.
const only = (from, allowed, comment) => ({
  name: `${from}-imports`,
  comment,
  severity: 'error',
  from: { path: `^src/${from}/` },
  to: { path: '^src/', pathNot: `^src/(${[from, 'base', ...allowed].join('|')})/` },
});

/** Folders of one part, the lowest first: none imports one above it, so that no two import each other. */
const layers = (part, folders) =>
  folders.slice(0, -1).map((folder, index) => ({
    name: `${part}-${folder}-is-below`,
    comment: `Inside ${part}: ${folders.join(' <- ')}`,
    severity: 'error',
    from: { path: `^src/${part}/${folder}/`, pathNot: '\\.(test|fixture)\\.ts$' },
    to: { path: `^src/${part}/(${folders.slice(index + 1).join('|')})/` },
  }));

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
    only('base', [], 'base <- everything: the leaf imports nothing of ours.'),
    only('contract', [], 'base <- contract: nothing else of ours below it.'),
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
      'optimizer-api',
      ['contract', 'optimizer'],
      'optimizer <- optimizer-api <- {cli, main}: the REST API knows the Optimizer, never the other way round.',
    ),
    only(
      'service',
      ['contract', 'pki', 'paper'],
      'The signature service cannot see a document: it may not import src/pdf.',
    ),
    only('preload', ['contract'], 'contract <- preload'),
    only('renderer', ['contract', 'preload'], 'The windows know types only.'),
    only(
      'cli',
      ['contract', 'pki', 'optimizer', 'optimizer-api', 'service'],
      'contract, pki <- service <- cli; optimizer <- optimizer-api <- cli',
    ),
    only(
      'main',
      ['contract', 'pki', 'optimizer', 'optimizer-api', 'service'],
      'contract, pki, optimizer, optimizer-api, service/{config,embedded} <- main',
    ),
    {
      name: 'service-from-outside',
      comment: 'The station knows how a service is configured and launched; it runs in a process of its own.',
      severity: 'error',
      from: { path: '^src/main/' },
      to: { path: '^src/service/', pathNot: '^src/service/(config|embedded)/' },
    },
    ...layers('main', ['secrets', 'admin']),
    ...layers('main', ['audit', 'settings']),
    ...layers('main', ['ipc', 'windows']),
    ...layers('contract', ['model', 'ipc', 'service-api', 'optimizer-api']),
    ...layers('pki', ['der', 'crypto-constraints', 'certificate', 'cms', 'path', 'revocation', 'timestamp']),
    ...layers('optimizer', [
      ...['appearance', 'journal', 'outbound', 'report', 'vault', 'signing-service', 'sources', 'pades'],
      ...['preflight', 'work', 'evidence', 'transaction'],
    ]),
    {
      name: 'nothing-imports-main',
      severity: 'error',
      from: { path: '^src/(?!main/)' },
      to: { path: '^src/main/' },
    },
    {
      name: 'optimizer-through-its-index',
      severity: 'error',
      from: { path: '^src/(cli|main|optimizer-api)/' },
      to: { path: '^src/optimizer/', pathNot: '^src/optimizer/index\\.ts$' },
    },
    {
      name: 'optimizer-api-through-its-index',
      severity: 'error',
      from: { path: '^src/(cli|main)/' },
      to: { path: '^src/optimizer-api/', pathNot: '^src/optimizer-api/index\\.ts$' },
    },
    {
      name: 'api-core-without-http',
      comment:
        'store <- core <- routes <- http: what a call does is known without the server that it comes through.',
      severity: 'error',
      from: { path: '^src/optimizer-api/(store|core|routes)/' },
      to: {
        path: '^src/optimizer-api/http/|^(node:)?https?$|node_modules/(fastify|@fastify)/',
      },
    },
    {
      name: 'api-core-without-routes',
      severity: 'error',
      from: { path: '^src/optimizer-api/(store|core)/' },
      to: { path: '^src/optimizer-api/(routes|security)/' },
    },
    {
      name: 'api-store-is-below',
      severity: 'error',
      from: { path: '^src/optimizer-api/store/' },
      to: { path: '^src/optimizer-api/core/' },
    },
    {
      name: 'loaded-when-needed',
      comment:
        'Whoever signs or verifies at a desk starts without the server, its database and the HTTP library.',
      severity: 'error',
      from: {
        path: '^src/(optimizer/|optimizer-api/(index|policy-for|security/api-keys|store/(api-files|sealed-files\\.adapter))\\.ts$)',
        pathNot: '\\.test\\.ts$',
      },
      to: {
        path: '^src/optimizer-api/(start|open-data)\\.ts$|node_modules/(undici|fastify|libsql)/',
        dynamic: false,
        dependencyTypesNot: ['type-only', 'type-import'],
      },
    },
    {
      name: 'one-way-to-the-log-and-the-terminal',
      comment: 'Text from outside is escaped there (src/base/untrusted-text.ts).',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(base/json-log|cli/terminal)\\.ts$|\\.test\\.ts$' },
      to: {
        path: 'node_modules/(pino|@clack/prompts)/',
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
