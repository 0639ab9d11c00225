// The two rules of the house: the half that builds and the half that proves never import each other, and arrows point one way.
const tests = '\\.test\\.ts$|/fixtures/|(^|/)testing/';
const rooms = require('./rooms.json');

/** What each room may import besides itself. */
const mayImport = {
  common: [],
  ui: [],
  aws: [],
  design: ['aws', 'common'],
  functions: ['common'],
  services: [],
  infrastructure: ['design', 'aws', 'common'],
  assembly: ['design', 'aws', 'common'],
  proof: ['assembly', 'design', 'aws', 'common', 'ui'],
  local: ['assembly', 'design', 'aws', 'functions', 'common', 'ui'],
  operations: ['assembly', 'design', 'aws', 'common'],
  cli: ['common', 'aws', 'design', 'infrastructure', 'assembly', 'proof', 'local', 'operations'],
};

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...rooms.map((room) => ({
      name: `${room}-imports-only-what-it-may`,
      severity: 'error',
      from: { path: `^${room}/`, pathNot: tests },
      to: { path: `^(${rooms.filter((other) => other !== room && !mayImport[room].includes(other)).join('|')})/` },
    })),
    {
      name: 'the-proof-never-asks-the-builder',
      comment: 'Not even its tests: they take templates as the command makes them.',
      severity: 'error',
      from: { path: '^(proof|local|operations)/' },
      to: { path: '^infrastructure/' },
    },
    {
      name: 'only-the-builder-knows-the-cdk',
      severity: 'error',
      from: { pathNot: `^infrastructure/|${tests}` },
      to: { path: '^(node_modules/)?(aws-cdk-lib|constructs|cdk-nag)(/|$)' },
    },
    {
      name: 'only-tests-import-what-is-for-tests',
      comment: 'Measurements run the workload on the same real parts as its tests do.',
      severity: 'error',
      from: { pathNot: `${tests}|^services/(soak|bench)/` },
      to: { path: '(^|/)testing/', pathNot: 'node_modules' },
    },
    {
      name: 'nothing-imports-a-command',
      comment: 'But the list, which loads it when it is typed; what several commands do is in cli/lib.',
      severity: 'error',
      from: { pathNot: '^cli/commands\\.ts$' },
      to: { path: '^cli/commands/' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    // `mdast` is a package of types alone.
    { name: 'nothing-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^mdast$' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // What `npx cdk synth` leaves holds bundled code.
    exclude: { path: '(^|/)cdk\\.out/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
