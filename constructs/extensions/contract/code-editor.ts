import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type ContainerProps, type Mount, Volume, type QuantityText } from '../../kube';
import { type Egress, egressEnv } from '../../platform/egress';
import { WORKBENCH_STORAGE } from './desktop';

/** Properties of `CodeEditor`. */
export interface CodeEditorProps {
  readonly namespace: string;

  /** Name of its settings. */
  readonly name: string;

  /** Full reference of its image. */
  readonly image: string;

  /** Name of its container. @default 'code-server' */
  readonly container?: string;

  /** Directory that it opens with. */
  readonly workspace: string;

  /** Options of the program. @default - none */
  readonly options?: readonly string[];

  /** User settings beside those that all have. @default - none */
  readonly settings?: Readonly<Record<string, unknown>>;

  /** What the settings apply to. @default 'User' */
  readonly settingsOf?: 'User' | 'Machine';

  /** Whether its debugger starts the file that is open. @default false */
  readonly launch?: boolean;

  /** Whether it has `KEY_BINDINGS` in place of the program's own. @default false */
  readonly keyBindings?: boolean;

  /** Further environment. @default - none */
  readonly env?: ContainerProps['env'];

  /** @default - none */
  readonly mounts?: readonly Mount[];

  /** @default '10Gi' */
  readonly memoryLimit?: QuantityText;

  /** Way out of the cluster. @default - none */
  readonly egress?: Egress;
}

const SETTINGS_DIR = '/root/.local/share/code-server';

/** Settings that all have: dark, Python from the image's environment, and no assistant that sends code elsewhere. */
const SETTINGS = {
  'workbench.colorTheme': 'Default Dark+',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'python.defaultInterpreterPath': '/opt/venv/bin/python',
  'chat.disableAIFeatures': true,
  'chat.agent.enabled': false,
  'editor.aiStats.enabled': false,
};

/** How the debugger starts the file that is open, with the code of libraries too. */
const LAUNCH = {
  version: '0.2.0',
  configurations: [
    {
      name: 'Open file',
      type: 'debugpy',
      request: 'launch',
      program: '${file}',
      console: 'integratedTerminal',
      justMyCode: false,
    },
  ],
};

/** Commands with a key of their own, and the key that they lose. */
const KEY_BINDINGS = [
  {
    command: 'editor.action.copyLinesDownAction',
    key: 'ctrl+alt+down',
    lost: 'ctrl+shift+alt+down',
    when: 'editorTextFocus && !editorReadonly',
  },
  {
    command: 'editor.action.copyLinesUpAction',
    key: 'ctrl+alt+up',
    lost: 'ctrl+shift+alt+up',
    when: 'editorTextFocus && !editorReadonly',
  },
  { command: 'editor.action.addSelectionToNextFindMatch', key: 'ctrl+q', lost: 'ctrl+d', when: 'editorFocus' },
  {
    command: 'editor.action.deleteLines',
    key: 'ctrl+d',
    lost: 'ctrl+shift+k',
    when: 'textInputFocus && !editorReadonly',
  },
];

/**
 * Visual Studio Code in the browser, as a container: the login of the platform is its only one (code-server-chart,
 * dev-code-server-chart and edk, Kaapana 0.6.0).
 */
export class CodeEditor extends Construct {
  /** Its port, at the container and at services. */
  public static readonly port = { 'vs-http': 8080 };

  public readonly container: ContainerProps & {
    readonly name: string;
    readonly ports: Readonly<Record<string, number>>;
  };

  constructor(scope: Construct, id: string, props: CodeEditorProps) {
    super(scope, id);
    const { image, workspace, options = [], container = 'code-server', memoryLimit = '10Gi', egress } = props;
    this.container = {
      name: container,
      image,
      command: [
        'sh',
        '-c',
        [
          'code-server',
          ...options,
          '--auth none',
          `--bind-addr 0.0.0.0:${CodeEditor.port['vs-http']}`,
          '${WORKSPACE}',
        ].join(' '),
      ],
      env: { WORKSPACE: workspace, ...egressEnv(egress), ...props.env },
      ports: CodeEditor.port,
      mounts: [
        ...this.settings(props),
        Volume.emptyDir('dshm', { medium: 'Memory' }).at('/dev/shm'),
        ...(props.mounts ?? []),
      ],
      resources: { memoryRequest: '200Mi', memoryLimit, cpuLimit: '16', storageLimit: WORKBENCH_STORAGE },
      exceptions: {
        escalation: 'people run what they like in its terminal',
        writableRoot: 'people install and build where they like in its terminal',
      },
    };
  }

  private settings({
    namespace,
    name,
    workspace,
    settings,
    settingsOf = 'User',
    keyBindings = false,
    launch = false,
  }: CodeEditorProps): Mount[] {
    const bindings = KEY_BINDINGS.flatMap(({ command, key, lost, when }) => [
      { command, key, when },
      { command: `-${command}`, key: lost, when },
    ]);
    const files = [
      {
        key: `${settingsOf.toLowerCase()}_settings.json`,
        file: 'settings.json',
        directory: `${SETTINGS_DIR}/${settingsOf}`,
        content: { ...SETTINGS, ...settings },
      },
      ...(keyBindings
        ? [{ key: 'keybindings.json', file: 'keybindings.json', directory: `${SETTINGS_DIR}/User`, content: bindings }]
        : []),
      ...(launch
        ? [{ key: 'launch.json', file: 'launch.json', directory: `${workspace}/.vscode`, content: LAUNCH }]
        : []),
    ];
    const map = new kplus.ConfigMap(this, 'Settings', {
      metadata: { name, namespace },
      data: Object.fromEntries(files.map(({ key, content }) => [key, JSON.stringify(content, undefined, 2)])),
    });
    const volume = Volume.configMap('configs', map, Object.fromEntries(files.map(({ key, file }) => [key, file])));
    return files.map(({ file, directory }) => volume.at(`${directory}/${file}`, { subPath: file }));
  }
}
