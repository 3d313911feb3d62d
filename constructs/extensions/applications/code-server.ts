import { Construct } from 'constructs';
import { Middleware, Volume, WebRoute, Workload } from '../../kube';
import { egressAddresses } from '../../platform/egress';
import { CodeEditor } from '../contract/code-editor';
import { defineExtension } from '../contract/definition';
import type { ExtensionProps } from '../contract/extension';

const definition = defineExtension({
  name: 'code-server-chart',
  title: 'Code Server for Airflow',
  purpose: 'Visual Studio Code on the files of the workflows, for those who develop them',
  kind: 'application',
  listedInUse: true,
  maturity: 'stable',
  hardware: 'cpu',
  documentation: 'user_guide/extensions.html#code-server-for-airflow',
  images: ['code-server'],
});

const PATH = '/code-server';
const WORKSPACE = '/kaapana';
const WORKFLOWS_DIR = `${WORKSPACE}/mounted/workflows`;

/** An editor for workflows and what they leave behind (code-server-chart, Kaapana 0.6.0). */
export class CodeServer extends Construct {
  public static readonly definition = definition;

  constructor(scope: Construct, id: string, { platform, services, name }: ExtensionProps<typeof definition>) {
    super(scope, id);
    const {
      namespaces: { services: namespace },
      volumes,
      egress,
    } = services;
    const { container } = new CodeEditor(this, 'Editor', {
      namespace,
      name,
      egress,
      image: platform.images.ref('code-server'),
      workspace: WORKSPACE,
      keyBindings: true,
      settings: { 'security.workspace.trust.enabled': false, 'security.workspace.trust.startupPrompt': 'never' },
      mounts: [
        Volume.claim('dags', volumes.dags).at(`${WORKFLOWS_DIR}/dags`),
        Volume.claim('af-plugins', volumes.plugins).at(`${WORKFLOWS_DIR}/plugins`),
        Volume.claim('workflow-data', volumes.data).at(`${WORKFLOWS_DIR}/data`),
      ],
    });
    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name,
      container,
      nodeSelector: platform.storageNode,
      podSecurity: { runAsUser: 0 }, // Tasks leave files of any user.
      uses: egressAddresses(egress),
    });
    new WebRoute(this, 'Route', {
      platform,
      name,
      paths: [`${PATH}/`],
      to: server.expose('Service', { name, ports: CodeEditor.port }).endpoint('vs-http'),
      middlewares: [
        Middleware.stripPrefix(this, 'StripPrefix', { namespace, name: `cs-strip-prefix-${name}`, prefix: PATH }),
      ],
    });
  }
}
