/**
 * Imports point one way: cli → stages → contract folders → engine, audio, text, stats, transfer → types, errors.
 * The comment of a rule is what its violation prints.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const contractFolders = 'corpora|backends|normalizers|metrics|analysis|charts|report';
// Whatever lies directly in src/ drives the rest, but for the nouns and the ways to fail.
const stages = '^src/(?!types\\.ts$|errors\\.ts$)[^/]+\\.ts$';
const leaves = 'engine|audio|text|stats|transfer';

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-the-command-knows-the-command',
      comment: 'argv, stdout and exit codes stay in cli/, so that everything else can be a library.',
      severity: 'error',
      from: { pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'contract-folders-do-not-know-stages',
      comment: 'A backend, corpus, metric or chart is a part that stages combine; it never drives them.',
      severity: 'error',
      from: { path: `^src/(${contractFolders})/`, pathNot: '\\.test\\.ts$' },
      to: { path: stages },
    },
    {
      name: 'contract-folders-keep-apart',
      comment: 'A backend never imports a corpus or a metric: what they share belongs into a leaf library.',
      severity: 'error',
      from: { path: `^src/(corpora|backends|normalizers|metrics|charts)/` },
      to: { path: `^src/(corpora|backends|normalizers|metrics|charts)/`, pathNot: '^src/$1/' },
    },
    {
      name: 'backends-do-not-know-each-other',
      comment:
        'One backend can then be removed without touching another; only the table knows all. Models of several live in model-process.',
      severity: 'error',
      from: { path: '^src/backends/(?!index|backend|model-process)([a-z]+)' },
      to: { path: '^src/backends/', pathNot: '^src/backends/($1|backend\\.ts|model-process/)' },
    },
    {
      name: 'leaves-stand-alone',
      comment:
        'engine, audio, text, stats and transfer are libraries: they know types, errors and one another, nothing above.',
      severity: 'error',
      from: { path: `^src/(${leaves})/` },
      to: { path: '^src/', pathNot: `^src/(${leaves}|types\\.ts|errors\\.ts)` },
    },
    {
      name: 'pure-half-touches-no-node',
      comment: 'Scoring and drawing are functions of their input: same journal, same number, in any runtime.',
      severity: 'error',
      from: {
        path: '^src/(metrics|normalizers|analysis|text|stats|charts)/|^src/(plan|score|analyze|summarize|compare|gate)\\.ts$',
        pathNot: '\\.test\\.ts$|__fixtures__',
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'heavy-packages-load-late',
      comment: 'onnxruntime, fal and vega are imported inside the function that needs them, so that --help is instant.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '\\.test\\.ts$|__fixtures__|^src/(backends/(onnx|sherpa-onnx)-worker|engine/provider-probe)\\.ts$',
      },
      to: {
        path: '(onnxruntime-node|@fal-ai/client|vega|vega-lite|vega-interpreter)',
        dependencyTypesNot: ['type-only', 'dynamic-import'],
      },
    },
    {
      name: 'scoring-loads-no-package',
      comment:
        'The scorer is a library that starts at once and runs anywhere: nothing it reaches is a package or of node.',
      severity: 'error',
      from: { path: '^src/scoring\\.ts$' },
      to: { path: '(node_modules/|^node:|^(fs|path|crypto|module)$)', reachable: true },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nobody imports and that imports nobody is dead.',
      severity: 'error',
      from: { orphan: true, pathNot: '\\.test\\.ts$|\\.d\\.ts$' },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types', 'default'] },
  },
};
