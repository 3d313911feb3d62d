import { VERSIONS } from '../../tools/versions';

/** A program or plugin that deploys the platform. */
export interface BundledTool {
  readonly name: string;
  readonly version: string;

  /** Where the bundle has it. */
  readonly file: string;

  /** Where it is published. */
  readonly from: string;

  /** How it is put in place, on a machine without a connection. */
  readonly install: string;
}

/** Pulumi, its plugins, kubectl and helm, in the versions that this program is tested with, for Linux on x86. */
export const TOOLS: readonly BundledTool[] = [
  tool('pulumi', VERSIONS.pulumi, `pulumi-v${VERSIONS.pulumi}-linux-x64.tar.gz`, 'https://get.pulumi.com/releases/sdk/', 'unpack it and put its folder on PATH; the language host for Node is in it'),
  tool(
    'pulumi-resource-kubernetes', VERSIONS.provider, `pulumi-resource-kubernetes-v${VERSIONS.provider}-linux-amd64.tar.gz`, 'https://get.pulumi.com/releases/plugins/',
    `pulumi plugin install resource kubernetes ${VERSIONS.provider} --file tools/pulumi-resource-kubernetes-v${VERSIONS.provider}-linux-amd64.tar.gz`,
  ),
  tool('kubectl', VERSIONS.kubernetes, 'kubectl', `https://dl.k8s.io/v${VERSIONS.kubernetes}/bin/linux/amd64/`, 'make it executable and put it on PATH'),
  tool('helm', VERSIONS.helm, `helm-v${VERSIONS.helm}-linux-amd64.tar.gz`, 'https://get.helm.sh/', 'unpack it and put linux-amd64/helm on PATH'),
];

function tool(name: string, version: string, file: string, site: string, install: string): BundledTool {
  return { name, version, file: `tools/${file}`, from: `${site}${file}`, install };
}
