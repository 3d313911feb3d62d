import { VERSIONS } from './versions';

/** A program, and how it is built from its Go module. */
export interface Tool {
  /** The name of the program. */
  readonly name: string;
  readonly version: string;

  /** Folder of the Go module that pins what it is built from, in `modules`. */
  readonly module: string;

  /** Where that folder lies, from the project's folder. @default tools */
  readonly modules?: string;

  /** Its Go package. */
  readonly package: string;

  /** Values for the linker: variable -> value. @default - none */
  readonly variables?: Readonly<Record<string, string>>;

  /** Another program that must lie in the same folder. @default - none */
  readonly beside?: Tool;

  /** Only tests need it. @default false */
  readonly testsOnly?: boolean;

  /** Only the real node (tools/node) needs it. @default false */
  readonly nodeOnly?: boolean;

  /** What is copied beside its sources before the build. @default - nothing */
  readonly staged?: Staging;
}

/** Parts of other modules that a build needs beside its sources. */
export interface Staging {
  /** JSON files that the program embeds. @default - none */
  readonly embedded?: { readonly module: string; readonly dir: string; readonly files: readonly string[] };

  /** A module of which only some folders are built, with replacements in their texts: pattern -> text. */
  readonly trimmed: {
    readonly module: string;
    readonly dirs: readonly string[];
    readonly replacements: Readonly<Record<string, string>>;
  };
}

const KUBERNETES_VERSION = 'k8s.io/component-base/version';
const PULUMI_VERSION = 'github.com/pulumi/pulumi/sdk/v3/go/common/version.Version';
const PROVIDER = 'github.com/pulumi/pulumi-kubernetes/provider/v4';
const PROVIDER_SDK = 'github.com/pulumi/pulumi-kubernetes/sdk/v4';
const PROMETHEUS_VERSION = 'github.com/prometheus/common/version.Version';
const [MAJOR = '', MINOR = ''] = VERSIONS.kubernetes.split('.');

/** Pulumi warns when it finds its language host anywhere but beside itself. */
const LANGUAGE_HOST: Tool = {
  name: 'pulumi-language-nodejs',
  version: VERSIONS.pulumi,
  module: 'language-nodejs',
  package: 'github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs',
  variables: { [PULUMI_VERSION]: `v${VERSIONS.pulumi}` },
};

/** Everything the toolchain consists of. */
export const TOOLS: readonly Tool[] = [
  { name: 'etcd', version: VERSIONS.etcd, module: 'programs', package: 'go.etcd.io/etcd/server/v3' },
  kubernetes('kube-apiserver'),
  kubernetes('kube-controller-manager'),
  kubernetes('kube-scheduler'),
  kubernetes('kubectl'),
  kwok('kwok'),
  kwok('kwokctl'),
  {
    name: 'pulumi-resource-kubernetes',
    version: VERSIONS.provider,
    module: 'provider-kubernetes',
    package: '.',
    variables: { [`${PROVIDER}/pkg/version.Version`]: VERSIONS.provider },
    staged: {
      embedded: {
        module: PROVIDER,
        dir: 'cmd/pulumi-resource-kubernetes',
        files: ['schema.json', 'terraform-mapping.json'],
      },
      // Of its own SDK the provider uses one function, whose types for each kind are a third of all that is compiled.
      // The tokens of the kinds are kept, and with them what ConfigFile, ConfigGroup, Directory and Chart register.
      trimmed: {
        module: PROVIDER_SDK,
        dirs: ['.', 'go/kubernetes', 'go/kubernetes/utilities', 'go/kubernetes/yaml/v2', 'go/kubernetes/helm/v4'],
        replacements: {
          [`^\\t\\w* ?"${PROVIDER_SDK}/go/kubernetes/(?!utilities").*"\\n`]: '',
          '\\bvar res \\w+\\.\\w+$': 'var res struct{ pulumi.CustomResourceState }',
        },
      },
    },
  },
  {
    name: 'pulumi',
    version: VERSIONS.pulumi,
    module: 'programs',
    package: 'github.com/pulumi/pulumi/pkg/v3/cmd/pulumi',
    variables: { [PULUMI_VERSION]: `v${VERSIONS.pulumi}` },
    beside: LANGUAGE_HOST,
  },
  {
    name: 'helm',
    version: VERSIONS.helm,
    module: 'programs',
    package: 'helm.sh/helm/v3/cmd/helm',
    variables: { 'helm.sh/helm/v3/internal/version.version': `v${VERSIONS.helm}` },
  },
  {
    name: 'promtool',
    version: VERSIONS.prometheus,
    module: 'prometheus',
    package: 'github.com/prometheus/prometheus/cmd/promtool',
    variables: { [PROMETHEUS_VERSION]: VERSIONS.prometheus },
    testsOnly: true,
  },
  {
    name: 'amtool',
    version: VERSIONS.alertmanager,
    module: 'alertmanager',
    package: 'github.com/prometheus/alertmanager/cmd/amtool',
    variables: { [PROMETHEUS_VERSION]: VERSIONS.alertmanager },
    testsOnly: true,
  },
  {
    name: 'kube-score',
    version: VERSIONS.kubeScore,
    module: 'kube-score',
    package: 'github.com/zegl/kube-score/cmd/kube-score',
    testsOnly: true,
  },
  { ...kubernetes('kubelet'), module: 'kubelet', nodeOnly: true },
  { ...kubernetes('kube-proxy'), module: 'kubelet', nodeOnly: true },
  { name: 'coredns', version: VERSIONS.coredns, module: 'coredns', package: '.', nodeOnly: true },
  { name: 'netpol', version: VERSIONS.kubeRouter, module: 'netpol', package: '.', nodeOnly: true },
  { name: 'pause', version: VERSIONS.pause, module: 'pause', package: '.', nodeOnly: true },
];

/** A tool and what is built into its folder. */
export function builtTogether(tool: Tool): readonly Tool[] {
  return tool.beside ? [tool, tool.beside] : [tool];
}

/** The names of all programs in a tool's folder. */
export function programsOf(tool: Tool): readonly string[] {
  return builtTogether(tool).map(({ name }) => name);
}

function kubernetes(name: string): Tool {
  return {
    name,
    version: VERSIONS.kubernetes,
    module: 'programs',
    package: `k8s.io/kubernetes/cmd/${name}`,
    variables: {
      [`${KUBERNETES_VERSION}.gitVersion`]: `v${VERSIONS.kubernetes}`,
      [`${KUBERNETES_VERSION}.gitMajor`]: MAJOR,
      [`${KUBERNETES_VERSION}.gitMinor`]: MINOR,
    },
  };
}

function kwok(name: string): Tool {
  return {
    name,
    version: VERSIONS.kwok,
    module: 'programs',
    package: `sigs.k8s.io/kwok/cmd/${name}`,
    variables: { 'sigs.k8s.io/kwok/pkg/consts.Version': `v${VERSIONS.kwok}` },
  };
}
