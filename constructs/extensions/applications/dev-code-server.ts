import { Construct } from 'constructs';
import { egressAddresses } from '../../platform/egress';
import { type MirrorAction, minioMirror } from '../../platform/minio-mirror';
import { CodeEditor } from '../contract/code-editor';
import { defineExtension } from '../contract/definition';
import type { ExtensionProps } from '../contract/extension';
import { applicationPath, ProjectApplication } from '../contract/project-application';
import { DISPLAY_NAME } from '../contract/shared-parameters';

const definition = defineExtension({
  name: 'dev-code-server-chart',
  title: 'Code Server for Development',
  purpose: 'Visual Studio Code for Python and R on the files of the project',
  kind: 'application',
  listedInUse: true,
  maturity: 'stable',
  hardware: 'cpu',
  multiInstallable: true,
  documentation: 'user_guide/extensions.html#code-server-for-development',
  images: ['dev-code-server'],
  parameters: { display_name: DISPLAY_NAME },
});

const WORKSPACE = '/kaapana';
const DATA_DIR = `${WORKSPACE}/minio`;
const NOT_FETCHED = '**thumbnails/**,**staticwebsiteresults/**';
const NOT_PUSHED = '*checkpoint.ipynb';

/**
 * An editor for Python and R. The bucket of the project comes to `input`; what users save in `output` goes to a
 * directory of it that is called like the install (dev-code-server-chart, Kaapana 0.6.0).
 */
export class DevCodeServer extends Construct {
  public static readonly definition = definition;

  constructor(scope: Construct, id: string, props: ExtensionProps<typeof definition>) {
    super(scope, id);
    const { platform, services, name, project, parameters } = props;
    const path = `${applicationPath(project, name)}/`;
    const bucket = `project-${project.name}`;
    const mirror = (direction: 'input' | 'output', action: MirrorAction, remote: string, exclude: string) =>
      minioMirror({
        platform,
        remote,
        exclude,
        action,
        minio: services.minio,
        name: `minio-${direction}`,
        local: `${DATA_DIR}/${direction}`,
      });
    const { container } = new CodeEditor(this, 'Editor', {
      namespace: services.namespaces.services,
      name,
      egress: services.egress,
      image: platform.images.ref('dev-code-server'),
      workspace: WORKSPACE,
      options: ['--disable-workspace-trust'],
      keyBindings: true,
      settings: {
        'security.workspace.trust.enabled': false,
        'security.workspace.trust.startupPrompt': 'never',
        'security.workspace.trust.untrustedFiles': 'open',
        'extensions.supportUntrustedWorkspaces': true,
        'r.rterm.linux': '/usr/bin/R',
        'r.alwaysUseActiveTerminal': true,
      },
    });
    new ProjectApplication(this, 'Application', {
      platform,
      services,
      name,
      project,
      path,
      container,
      displayName: parameters.display_name,
      portName: 'vs-http',
      middleware: { name: `strip-prefix-${name}`, spec: { stripPrefix: { prefixes: [path] } } },
      podSecurity: { runAsUser: 0 }, // Users install packages.
      uses: egressAddresses(services.egress),
      sidecars: [
        mirror('input', 'FETCH', bucket, NOT_FETCHED),
        mirror('output', 'PUSH', `${bucket}/${name}/output`, NOT_PUSHED),
      ],
      volumes: [
        {
          name: 'dev-code-server',
          mountPath: DATA_DIR,
          role: 'fast',
          directory: `applications/dev-code-server/${name}`,
          holds: `the files of ${name}`,
        },
      ],
    });
  }
}
