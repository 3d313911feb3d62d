import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type Address, Identity, type Mount, policyRules, Volume, Workload } from '../kube';
import { yaml } from '../kube/yaml';
import type { ComponentProps } from '../platform/component-props';

/** Properties of `Promtail`. */
export interface PromtailProps extends ComponentProps {
  /** Where logs go. */
  readonly loki: Address;

  /**
   * Namespaces whose logs are collected, as regular expressions, e.g. `project-.*`.
   *
   * @default - all of the server
   */
  readonly namespaces?: readonly string[];

  /** @default - the first instance of the server, which has none */
  readonly instanceUid?: string;
}

const NAME = 'promtail';
const ACCOUNT = 'promtail-serviceaccount';
const CLUSTER_NAME = 'pod-watcher-promtail';
const PORT = 3101;
const CONFIG_DIR = '/etc/promtail';
const CONFIG_FILE = 'promtail.yaml';
const STATE_DIR = '/run/promtail';
const LOG_DIR = '/var/log/pods';
const DOCKER_DIR = '/var/lib/docker/containers';
const META = '__meta_kubernetes';

/** Sends the logs of all pods of a node to Loki (loki-promtail-chart, Kaapana 0.6.0). */
export class Promtail extends Construct {
  constructor(scope: Construct, id: string, props: PromtailProps) {
    super(scope, id);
    const { platform, namespace } = props;

    const prefix = props.instanceUid ? `${props.instanceUid}-` : '';
    const identity = new Identity(this, 'Identity', {
      name: ACCOUNT,
      namespace,
      clusterReason: 'it knows whose logs the files of a node are by the pods of all namespaces',
      clusterRules: policyRules(['get', 'list', 'watch'], { '': ['pods'] }),
      clusterRole: `${prefix}${CLUSTER_NAME}`,
      clusterName: `${prefix}${CLUSTER_NAME}-binding`,
    });
    const files = new kplus.ConfigMap(this, 'Configuration', {
      metadata: { name: 'promtail-config', namespace },
      data: { [CONFIG_FILE]: yaml(configuration(props)) },
    });
    new Workload(this, 'Agent', {
      platform,
      namespace,
      name: NAME,
      kind: 'DaemonSet',
      identity,
      uses: [props.loki],
      exceptions: { hostPath: 'the logs of pods are files of the node, and so is how far they were read' },
      container: {
        image: platform.images.ref('promtail'),
        args: [`-config.file=${CONFIG_DIR}/${CONFIG_FILE}`],
        env: { HOSTNAME: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.NODE_NAME) },
        ports: { 'http-metrics': PORT },
        mounts: [
          Volume.configMap('configuration', files, { [CONFIG_FILE]: CONFIG_FILE }).at(CONFIG_DIR),
          Volume.hostPath('state', STATE_DIR).at(STATE_DIR),
          readOnly('containers', DOCKER_DIR),
          readOnly('pods', LOG_DIR),
        ],
        resources: { memoryRequest: '200Mi', memoryLimit: '500Mi', cpuRequest: '102m', cpuLimit: '250m' },
        security: { capabilities: { drop: ['ALL'] } },
      },
    });
  }
}

function readOnly(name: string, path: string): Mount {
  return Volume.hostPath(name, path).at(path, { readOnly: true });
}

/** The configuration of Promtail, in its own words. */
function configuration({ namespace, loki, namespaces }: PromtailProps): object {
  return {
    server: { http_listen_port: PORT, log_level: 'info', log_format: 'logfmt' },
    clients: [{ url: `${loki.url}/loki/api/v1/push` }],
    // Instances on one server share the directory, each with a file of its own.
    positions: { filename: `${STATE_DIR}/positions-${namespace}.yaml` },
    scrape_configs: [
      {
        job_name: 'kubernetes-pods',
        pipeline_stages: [{ cri: {} }],
        kubernetes_sd_configs: [{ role: 'pod' }],
        relabel_configs: [
          ...(namespaces
            ? [{ source_labels: [`${META}_namespace`], action: 'keep', regex: namespaces.join('|') }]
            : []),
          { source_labels: [`${META}_pod_node_name`], target_label: '__host__' },
          { source_labels: [`${META}_pod_node_name`], target_label: 'node_name' },
          { source_labels: [`${META}_namespace`], target_label: 'namespace' },
          { source_labels: [`${META}_pod_name`], target_label: 'pod' },
          { source_labels: [`${META}_pod_container_name`], target_label: 'container' },
          { source_labels: [`${META}_pod_label_app_kubernetes_io_component`], target_label: 'component' },
          {
            // The first of these that is there.
            source_labels: [`${META}_pod_label_app_kubernetes_io_name`, `${META}_pod_label_app`, `${META}_pod_name`],
            regex: ';*([^;]+).*',
            target_label: 'app',
          },
          { source_labels: ['namespace', 'app'], separator: '/', target_label: 'job' },
          logFile(`${META}_pod_uid`),
          // The kubelet logs static pods under the hash of their file.
          logFile(`${META}_pod_annotation_kubernetes_io_config_hash`),
        ],
      },
    ],
  };
}

/** The files of a container are below an identity of its pod; a pod that has none is left as it is. */
function logFile(identity: string): object {
  const source_labels = [identity, `${META}_pod_container_name`];
  return {
    source_labels,
    separator: '/',
    regex: '([^/]+/.+)',
    target_label: '__path__',
    replacement: `${LOG_DIR}/*$1/*.log`,
  };
}
