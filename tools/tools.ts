import { VERSIONS } from './versions';

/** A Go module of this folder and the programs that are built from it. */
export interface Tool {
  readonly name: string;
  readonly version: string;

  /** Program name -> Go package. */
  readonly programs: Readonly<Record<string, string>>;

  /** Values for the linker: variable -> value. */
  readonly variables: Readonly<Record<string, string>>;

  /** Other modules whose programs must lie in the same folder. */
  readonly beside?: readonly Tool[];

  /** Only tests need it. */
  readonly testsOnly?: boolean;

  /** Module whose files are embedded, and which. */
  readonly embeds?: { readonly module: string; readonly dir: string; readonly files: readonly string[] };
}

const KUBERNETES_VERSION = 'k8s.io/component-base/version';
const PULUMI_VERSION = 'github.com/pulumi/pulumi/sdk/v3/go/common/version.Version';
const PROVIDER = 'github.com/pulumi/pulumi-kubernetes/provider/v4';
const PROMETHEUS_VERSION = 'github.com/prometheus/common/version.Version';
const [MAJOR = '', MINOR = ''] = VERSIONS.kubernetes.split('.');

/** Pulumi warns when it finds its language host anywhere but beside itself. */
const LANGUAGE_HOST: Tool = {
  name: 'language-nodejs',
  version: VERSIONS.pulumi,
  programs: { 'pulumi-language-nodejs': 'github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs' },
  variables: { [PULUMI_VERSION]: `v${VERSIONS.pulumi}` },
};

/** Everything the toolchain consists of. */
export const TOOLS: readonly Tool[] = [
  { name: 'etcd', version: VERSIONS.etcd, programs: { etcd: 'go.etcd.io/etcd/server/v3' }, variables: {} },
  {
    name: 'kubernetes',
    version: VERSIONS.kubernetes,
    programs: {
      'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
      'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
      'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
      kubectl: 'k8s.io/kubernetes/cmd/kubectl',
    },
    variables: {
      [`${KUBERNETES_VERSION}.gitVersion`]: `v${VERSIONS.kubernetes}`,
      [`${KUBERNETES_VERSION}.gitMajor`]: MAJOR,
      [`${KUBERNETES_VERSION}.gitMinor`]: MINOR,
    },
  },
  {
    name: 'kwok',
    version: VERSIONS.kwok,
    programs: { kwok: 'sigs.k8s.io/kwok/cmd/kwok', kwokctl: 'sigs.k8s.io/kwok/cmd/kwokctl' },
    variables: { 'sigs.k8s.io/kwok/pkg/consts.Version': `v${VERSIONS.kwok}` },
  },
  {
    name: 'provider-kubernetes',
    version: VERSIONS.provider,
    programs: { 'pulumi-resource-kubernetes': '.' },
    variables: { [`${PROVIDER}/pkg/version.Version`]: VERSIONS.provider },
    embeds: {
      module: PROVIDER,
      dir: 'cmd/pulumi-resource-kubernetes',
      files: ['schema.json', 'terraform-mapping.json'],
    },
  },
  {
    name: 'pulumi',
    version: VERSIONS.pulumi,
    programs: { pulumi: 'github.com/pulumi/pulumi/pkg/v3/cmd/pulumi' },
    variables: { [PULUMI_VERSION]: `v${VERSIONS.pulumi}` },
    beside: [LANGUAGE_HOST],
  },
  {
    name: 'helm',
    version: VERSIONS.helm,
    programs: { helm: 'helm.sh/helm/v3/cmd/helm' },
    variables: { 'helm.sh/helm/v3/internal/version.version': `v${VERSIONS.helm}` },
  },
  {
    name: 'prometheus',
    version: VERSIONS.prometheus,
    testsOnly: true,
    programs: { promtool: 'github.com/prometheus/prometheus/cmd/promtool' },
    variables: { [PROMETHEUS_VERSION]: VERSIONS.prometheus },
  },
  {
    name: 'alertmanager',
    version: VERSIONS.alertmanager,
    testsOnly: true,
    programs: { amtool: 'github.com/prometheus/alertmanager/cmd/amtool' },
    variables: { [PROMETHEUS_VERSION]: VERSIONS.alertmanager },
  },
  {
    name: 'kube-score',
    version: VERSIONS.kubeScore,
    testsOnly: true,
    programs: { 'kube-score': 'github.com/zegl/kube-score/cmd/kube-score' },
    variables: {},
  },
];

/** A tool and what is built into its folder. */
export function modulesOf(tool: Tool): readonly Tool[] {
  return [tool, ...(tool.beside ?? [])];
}

/** The names of all programs in a tool's folder. */
export function programsOf(tool: Tool): readonly string[] {
  return modulesOf(tool).flatMap(({ programs }) => Object.keys(programs));
}
