import type { SettingsFacts } from '../../findings/facts/settings';
import { InstanceScope } from '../instance-scope';
import { type Mistake, mistake, remove, set } from '../problems';
import type { RawSettings } from '../schema';
import { type Known, rule } from './rule';

const SYSTEM_NAMESPACES: ReadonlySet<string> = new Set(['kube-system', 'kube-public', 'kube-node-lease']);
const LONGEST = 63;

/** Each namespace has one use and a name that Kubernetes takes. */
export const namespaces = rule(['instanceUid'], (settings) => {
  const named = namesOf(settings);
  return named.flatMap(({ key, name: namespace }, index): Mistake[] => {
    const isProject = key.startsWith('projects');
    if (namespace.length > LONGEST) {
      const culprit = isProject ? key : 'instanceUid';
      const example = isProject ? 'trial' : 'site2';
      return [mistake('long-namespace', culprit, { namespace, limit: LONGEST }, set(culprit, example))];
    }
    const by =
      reserved(key, namespace) ?? taken(key, named.slice(0, index).find((other) => other.name === namespace)?.key);
    const free = isProject ? 'trial' : `kaapana-${key.replace('Namespace', '')}`;
    return by === undefined ? [] : [mistake('taken-namespace', key, { namespace, by }, set(key, free))];
  });
});

function namesOf(settings: Known & Pick<RawSettings, 'instanceUid'>): { key: string; name: string }[] {
  const {
    adminNamespace,
    servicesNamespace,
    jobsNamespace,
    extensionsNamespace,
    helmNamespace,
    projects = [],
  } = settings;
  const scope = new InstanceScope(settings);
  const prefixed = Object.entries({ servicesNamespace, jobsNamespace, extensionsNamespace, helmNamespace });
  return [
    ...(adminNamespace === undefined ? [] : [{ key: 'adminNamespace', name: adminNamespace }]),
    ...prefixed.flatMap(([key, name]) => (name === undefined ? [] : [{ key, name: scope.prefixed(name) }])),
    ...projects.map(({ name }, index) => ({ key: `projects[${index}].name`, name: scope.projectNamespace(name) })),
  ];
}

type By = SettingsFacts['taken-namespace']['by'];

function reserved(key: string, name: string): By | undefined {
  if (SYSTEM_NAMESPACES.has(name)) return { reserved: 'system' };
  return name === 'default' && key !== 'helmNamespace' ? { reserved: 'default' } : undefined;
}

/** Helm may keep its releases where the platform is. */
function taken(key: string, other: string | undefined): By | undefined {
  return other === undefined || key === 'helmNamespace' || other === 'helmNamespace' ? undefined : { setting: other };
}

/** A second instance needs a name, and a server of another environment, whose components are that one's. */
export const instance = rule(
  ['instanceUid', 'serverStack'],
  ({ serverStack, instanceUid, components = [] }, { environment }) => {
    if (serverStack === undefined) return [];
    const [own, server] = ['instanceUid', 'serverStack'] as const;
    const component = 'nfs-server';
    return [
      ...(serverStack === environment ? [mistake('server-of-itself', server, { environment }, remove(server))] : []),
      ...(instanceUid === '' ? [mistake('missing-setting', own, { need: 'instance-name' }, set(own, 'site2'))] : []),
      ...(components.includes(component)
        ? [
            mistake(
              'component-of-server',
              'components',
              { component, primary: serverStack },
              remove(`components[${components.indexOf(component)}]`),
            ),
          ]
        : []),
    ];
  },
);

/** Projects are told apart by their ids, too; their names are those of namespaces. */
export const projectIds = rule(['projects'], ({ projects }) =>
  projects.flatMap(({ id }, index) => {
    const key = `projects[${index}].id`;
    return id === undefined || projects.findIndex((other) => other.id === id) === index
      ? []
      : [mistake('project-id-twice', key, { id }, set(key, '00000000-0000-4000-8000-000000000002'))];
  }),
);
