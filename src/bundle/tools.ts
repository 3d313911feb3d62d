import { VERSIONS } from '../../tools/versions';

/** A program, plugin or library that deploys the platform. */
export interface BundledTool {
  readonly name: string;
  readonly version: string;

  /** Where the bundle has it. */
  readonly file: string;

  /** Where it is published, or how it is made with a connection. */
  readonly from: string;

  /** How it is put in place, on a machine without a connection. */
  readonly install: string;
}

/** Any newer one does as well (package.json). */
const NODE = '20.20.2';

/** What `npm ci` fetches is pinned by package-lock.json; the cache of one run serves another without a connection. */
const NPM_CI = 'npm ci --ignore-scripts --cache npm-cache';

/**
 * Pulumi, its plugins, kubectl, helm, and what runs this program, in the versions that it is tested with, for Linux on
 * x86.
 */
export const TOOLS: readonly BundledTool[] = [
  tool(
    'pulumi',
    VERSIONS.pulumi,
    `pulumi-v${VERSIONS.pulumi}-linux-x64.tar.gz`,
    'https://get.pulumi.com/releases/sdk/',
    'unpack it and put its folder on PATH; the language host for Node is in it',
  ),
  tool(
    'pulumi-resource-kubernetes',
    VERSIONS.provider,
    `pulumi-resource-kubernetes-v${VERSIONS.provider}-linux-amd64.tar.gz`,
    'https://get.pulumi.com/releases/plugins/',
    `pulumi plugin install resource kubernetes ${VERSIONS.provider} --file tools/pulumi-resource-kubernetes-v${VERSIONS.provider}-linux-amd64.tar.gz`,
  ),
  tool(
    'kubectl',
    VERSIONS.kubernetes,
    'kubectl',
    `https://dl.k8s.io/v${VERSIONS.kubernetes}/bin/linux/amd64/`,
    'make it executable and put it on PATH',
  ),
  tool(
    'helm',
    VERSIONS.helm,
    `helm-v${VERSIONS.helm}-linux-amd64.tar.gz`,
    'https://get.helm.sh/',
    'unpack it and put linux-amd64/helm on PATH',
  ),
  tool(
    'node',
    NODE,
    `node-v${NODE}-linux-x64.tar.xz`,
    `https://nodejs.org/dist/v${NODE}/`,
    'unpack it and put its folder bin on PATH; npm is in it',
  ),
  {
    name: 'npm packages of this project',
    version: 'as in package-lock.json',
    file: 'tools/npm-packages.tar.gz',
    from: `in a clone of this project: ${NPM_CI} && tar czf npm-packages.tar.gz npm-cache`,
    install: `unpack it in the folder of this project, and there: ${NPM_CI} --offline`,
  },
];

function tool(name: string, version: string, file: string, site: string, install: string): BundledTool {
  return { name, version, file: `tools/${file}`, from: `${site}${file}`, install };
}
