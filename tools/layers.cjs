'use strict';

/**
 * The folders of the program, from the ground up, with the duty of each. A folder may import those above it in this
 * list, and none below. Folders of one entry know nothing of each other. The linter checks it (eslint.config.mjs), and
 * docs/architecture.md is generated from it.
 */
const LAYERS = [
  { folders: ['constructs/kube'], duty: 'building blocks of Kubernetes, with no Kaapana in them' },
  {
    folders: ['constructs/platform'],
    duty: 'building blocks of Kaapana: images, origins, accounts, namespaces, databases, static pages',
  },
  {
    folders: ['admin', 'flow', 'meta', 'monitoring', 'portal', 'projects', 'server', 'store'].map(
      (name) => `constructs/${name}`,
    ),
    duty: 'components, one file each',
  },
  { folders: ['constructs/extensions'], duty: 'extensions, one file each; their contract and catalogue' },
  { folders: ['src/base'], duty: 'helpers for every folder: errors, files, tables' },
  {
    folders: ['src/findings'],
    duty: 'errors and warnings as data, and the one place that turns them into text',
  },
  { folders: ['src/objects'], duty: 'manifests and their graph: kinds, references, owners, rolling restarts' },
  {
    folders: ['src/validation'],
    duty: "schemas and rules of Kubernetes' API server, asked without one",
  },
  { folders: ['src/cluster'], duty: 'the API server: what exists, who owns it, what cannot change' },
  { folders: ['src/releases'], duty: 'releases of Kaapana: images, defaults, differences' },
  { folders: ['src/settings'], duty: 'schema of an environment file; parsed once, then read-only' },
  { folders: ['stacks'], duty: 'which components a server has once, and which each instance has' },
  { folders: ['src/claims'], duty: 'resources that an environment claims on its server' },
  { folders: ['src/charts'], duty: 'third-party charts' },
  { folders: ['src/checks'], duty: 'checks of the objects that need no server' },
  { folders: ['src/environment'], duty: 'the one way to load an environment: read, parse, build, check' },
  { folders: ['src/conflicts'], duty: 'conflicts between environments on one server' },
  { folders: ['src/render'], duty: 'manifests as YAML, for people and for kubectl' },
  { folders: ['src/report'], duty: 'reports about an environment, as tables' },
  { folders: ['src/packaging'], duty: 'extensions packed as charts for the app store' },
  { folders: ['src/bundle'], duty: 'the bundle for a site without internet' },
  { folders: ['src/pulumi'], duty: 'Pulumi resources; the only folder that imports Pulumi' },
  { folders: ['src/cli'], duty: 'the `kaapana` command, one file for each sub-command' },
];

/**
 * For each folder, those that it must not import: its neighbours, those below it, and what is not part of the program.
 */
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
