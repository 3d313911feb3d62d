'use strict';

/**
 * The folders of the program from the ground up, with what each is for: a folder imports those above it in this list, and none
 * below. Folders of one entry know nothing of each other. The linter holds it, and docs/architecture.md is drawn from it.
 */
const LAYERS = [
  { folders: ['constructs/kube'], duty: 'vocabulary of Kubernetes, with no Kaapana in it' },
  {
    folders: ['constructs/platform'],
    duty: 'vocabulary of Kaapana: images, origins, accounts, namespaces, databases, static pages',
  },
  {
    folders: ['admin', 'flow', 'meta', 'monitoring', 'portal', 'projects', 'server', 'store'].map(
      (name) => `constructs/${name}`,
    ),
    duty: 'the components, one file each',
  },
  { folders: ['constructs/extensions'], duty: 'the contract of extensions, their catalogue, one file each' },
  { folders: ['src/base'], duty: 'what every folder may use: errors, files, tables' },
  {
    folders: ['src/findings'],
    duty: 'what speaks against a deployment, as data; the one place that makes texts of it',
  },
  { folders: ['src/objects'], duty: 'manifests and their graph: kinds, references, owners, rolling' },
  { folders: ['src/cluster'], duty: 'the API server: what is there, whose it is, what cannot change' },
  { folders: ['src/releases'], duty: 'what a release of Kaapana is' },
  { folders: ['src/settings'], duty: 'the schema of an environment file; parsed once, frozen' },
  { folders: ['stacks'], duty: 'what a server has once, and what each instance has' },
  { folders: ['src/claims'], duty: 'what an environment takes on its server' },
  { folders: ['src/charts'], duty: 'charts that others made' },
  { folders: ['src/checks'], duty: 'what can be known of the objects without a server' },
  { folders: ['src/environment'], duty: 'the one way to load an environment: read, parse, build, check' },
  { folders: ['src/conflicts'], duty: 'what environments of one server do to each other' },
  { folders: ['src/render'], duty: 'manifests for people and for kubectl' },
  { folders: ['src/report'], duty: 'tables about an environment' },
  { folders: ['src/packaging'], duty: 'extensions as charts for the store' },
  { folders: ['src/bundle'], duty: 'what an offline site takes along' },
  { folders: ['src/pulumi'], duty: 'the only folder that knows Pulumi' },
  { folders: ['src/cli'], duty: 'the command `kaapana`, one file for each sub-command' },
];

/** For each folder, those that it must not import: the ones below it in the list, its neighbours, and what is not the program. */
function forbiddenImports() {
  return LAYERS.flatMap(({ folders }, index) =>
    folders.map((folder) => ({
      target: `./${folder}`,
      from: [
        ...folders.filter((other) => other !== folder),
        ...LAYERS.slice(index + 1).flatMap((layer) => layer.folders),
        'test',
        'bench',
        'policy',
      ].map((other) => `./${other}`),
    })),
  );
}

module.exports = { LAYERS, forbiddenImports };
