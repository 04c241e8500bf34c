/**
 * Who may import whom (docs/decisions/0001-layout-and-import-rules.md). Each area names the areas it may use beside itself and
 * npm packages; everything else of ours is forbidden, for types too.
 */
const areas = {
  // main and cli also load the settings and turn errors into sentences.
  'src/main.ts': ['src/compose', 'src/config', 'src/core'],
  'src/worker.ts': ['src/compose'],
  // Commands call services by their types and show what these know; what they construct stands in src/compose.
  'src/cli': ['src/compose', 'src/main.ts', 'src/features', 'src/scheduler', 'src/config', 'src/core'],
  scheduled: ['src/compose', 'src/scheduler'],
  'src/features': [
    'src/shop',
    'src/amazon',
    'src/jobs',
    'src/scheduler',
    'src/http',
    'src/db',
    'src/config',
    'src/core',
    'feeds',
  ],
  'src/simulator': ['feeds', 'src/db', 'src/core'],
  'src/shop': ['src/db', 'src/core'],
  'src/jobs': ['src/db', 'src/core'],
  'src/scheduler': ['src/db', 'src/core'],
  'src/http': ['src/db', 'src/core'],
  'src/amazon': ['src/core'],
  'src/db': ['src/core'],
  'src/config': ['src/core'],
  'src/core': [],
  'src/launch': [],
  feeds: ['src/core'],
};

const OURS = '^(src|feeds|scheduled|test)/';
const within = (area) => `^${area.replace('.', '\\.')}(/|\\.ts$|$)`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...Object.entries(areas).map(([area, allowed]) => ({
      name: `imports-of-${area.replaceAll('/', '-').replace('.ts', '')}`,
      comment: `${area} may import only ${[area, ...allowed].join(', ')} of ours.`,
      severity: 'error',
      from: { path: within(area) },
      to: { path: OURS, pathNot: [area, ...allowed].map(within) },
    })),
    {
      name: 'feeds-take-only-types-of-core',
      comment: 'feeds/ is pure: of our own code it knows types only.',
      severity: 'error',
      from: { path: '^feeds/' },
      to: { path: '^src/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'feeds-do-no-input-or-output',
      comment: 'feeds/ turns input into text and text into results; files, network and clocks belong to its callers.',
      severity: 'error',
      from: { path: '^feeds/' },
      to: {
        dependencyTypes: ['core'],
        path: '^(node:)?(fs|net|http|https|http2|dns|tls|child_process|worker_threads|os|timers)(/|$)',
      },
    },
    {
      name: 'features-keep-their-store',
      comment: "A feature calls another feature's service, never its store.",
      severity: 'error',
      from: { path: '^src/features/([^/]+)/' },
      to: { path: '^src/features/[^/]+/.*-store\\.ts$', pathNot: '^src/features/$1/' },
    },
    {
      name: 'commands-call-services',
      comment: 'A command knows services and their views, no tables and no pages.',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: { path: '^src/features/[^/]+/.*-(store|routes|screens)\\.ts$' },
    },
    {
      name: 'nothing-imports-test',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
    {
      name: 'every-file-belongs-to-an-area',
      comment: 'A new folder needs its rule in this file.',
      severity: 'error',
      from: { path: '^(src|feeds|scheduled)/', pathNot: [...Object.keys(areas), 'src/compose'].map(within) },
      to: {},
    },
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one file, or need a third, for types too.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-development-packages-in-the-program',
      severity: 'error',
      from: { path: '^(src|feeds|scheduled)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
