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
    only('base', [], 'The leaf: nothing of ours below it.'),
    only('contract', [], 'What crosses a process knows nobody who sends or receives it.'),
    only('texts', ['contract'], 'What a person reads, from resources/locales; the contract has codes only.'),
    only('pki', ['contract'], 'Pure functions over bytes.'),
    only('typography', ['contract'], 'Text as glyphs, the same for everything that is printed.'),
    only(
      'pdf',
      ['contract', 'pki', 'texts', 'typography'],
      'Reads and appends to documents; knows no transaction.',
    ),
    only('paper', ['contract', 'typography'], 'Our own printed matter.'),
    only(
      'optimizer',
      ['contract', 'texts', 'pki', 'pdf', 'typography', 'paper'],
      'Everything that happens to a document happens here.',
    ),
    only(
      'optimizer-api',
      ['contract', 'texts', 'optimizer'],
      'The REST API knows the Optimizer, never the other way round.',
    ),
    only(
      'service',
      ['contract', 'texts', 'pki', 'paper'],
      'The signature service cannot see a document: it may not import src/pdf.',
    ),
    only('preload', ['contract'], 'One bridge for each window, made from the contract.'),
    only('renderer', ['contract', 'texts', 'preload'], 'The windows know types and texts only.'),
    only(
      'doctor',
      ['contract', 'texts', 'pki', 'optimizer'],
      'Looks at a computer from outside; what it looks at is passed in.',
    ),
    only(
      'cli',
      ['contract', 'texts', 'pki', 'optimizer', 'optimizer-api', 'service', 'doctor'],
      'Every part from a terminal; none of them knows it.',
    ),
    only(
      'main',
      ['contract', 'texts', 'pki', 'optimizer', 'optimizer-api', 'service', 'doctor'],
      'The station puts the parts together; it knows no PDF but through the Optimizer.',
    ),
    {
      name: 'service-from-outside',
      comment: 'The station knows how a service is configured and launched; it runs in a process of its own.',
      severity: 'error',
      from: { path: '^src/main/' },
      to: { path: '^src/service/', pathNot: '^src/service/(config|embedded|settings)/' },
    },
    ...layers('main', ['secrets', 'admin']),
    ...layers('main', ['audit', 'settings']),
    ...layers('main', ['ipc', 'windows']),
    ...layers('contract', ['model', 'ipc', 'service-api', 'optimizer-api']),
    ...layers('pki', [
      'der',
      'crypto-constraints',
      'certificate',
      'cms',
      'path',
      'revocation',
      'timestamp',
      'evidence-record',
    ]),
    ...layers('optimizer', [
      ...[
        'appearance',
        'derived',
        'journal',
        'outbound',
        'report',
        'vault',
        'signing-service',
        'sources',
        'xml',
        'trusted-lists',
        'pades',
        'containers',
      ],
      ...[
        'rendering',
        'second-eye',
        'preflight',
        'work',
        'list-care',
        'archive',
        'evidence',
        'transaction',
        'case',
      ],
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
      from: { path: '^src/(cli|main|optimizer-api|doctor)/' },
      to: { path: '^src/optimizer/', pathNot: '^src/optimizer/index\\.ts$' },
    },
    {
      name: 'doctor-through-its-index',
      severity: 'error',
      from: { path: '^src/(cli|main)/' },
      to: { path: '^src/doctor/', pathNot: '^src/doctor/index\\.ts$' },
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
        'Anyone who signs or verifies at a desk starts without the server, its database and the HTTP library.',
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
      name: 'stored-shapes-apart',
      comment:
        'What lies on a disk for years follows no rule of today; lists that only grow are all it takes.',
      severity: 'error',
      from: { path: '^src/optimizer/journal/stored/v' },
      to: {
        path: '^src/',
        pathNot: '^src/contract/model/(stored-identity|document-notes|language)\\.ts$',
      },
    },
    {
      name: 'one-http-set-up',
      comment:
        'Each kind of server is made in one place; its routes are declared and mounted, not registered by hand.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot:
          '^src/service/http/(create-server|error-handler|api/document-api)\\.ts$|^src/optimizer-api/http/(server|openapi|describe-api|multipart)\\.ts$',
      },
      to: {
        path: 'node_modules/(fastify|@fastify/[^/]+|fastify-type-provider-zod)/',
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
