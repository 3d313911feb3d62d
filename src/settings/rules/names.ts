import { InstanceScope } from '../instance-scope';
import type { Problem } from '../problems';
import type { RawSettings } from '../schema';
import { type Known, rule } from './rule';

const SYSTEM_NAMESPACES: ReadonlySet<string> = new Set(['kube-system', 'kube-public', 'kube-node-lease']);
const LONGEST = 63;

/** Each namespace has one use and a name that Kubernetes takes. */
export const namespaces = rule(['instanceUid'], (settings, { howTo }) => {
  const named = namesOf(settings);
  return named.flatMap(({ key, name }, index): Problem[] => {
    if (name.length > LONGEST) {
      const [culprit, example] = key.startsWith('projects') ? [key, 'trial'] : ['instanceUid', 'site2'];
      const message = `gives the namespace "${name}" of ${name.length} characters, ${LONGEST} are allowed`;
      return [{ key: culprit, message, remedy: howTo.set(culprit, example) }];
    }
    const reason = reserved(key, name) ?? taken(key, named.slice(0, index).find((other) => other.name === name)?.key);
    const free = key.startsWith('projects') ? 'trial' : `kaapana-${key.replace('Namespace', '')}`;
    return reason === undefined
      ? []
      : [{ key, message: `gives the namespace "${name}", which ${reason}`, remedy: howTo.set(key, free) }];
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

function reserved(key: string, name: string): string | undefined {
  if (SYSTEM_NAMESPACES.has(name)) return "is Kubernetes' own";
  return name === 'default' && key !== 'helmNamespace' ? 'is for what belongs nowhere' : undefined;
}

/** Helm may keep its releases where the platform is. */
function taken(key: string, other: string | undefined): string | undefined {
  return other === undefined || key === 'helmNamespace' || other === 'helmNamespace'
    ? undefined
    : `${other} gives already`;
}

/** A second instance needs a name, and a server of another environment, whose components are that one's. */
export const instance = rule(
  ['instanceUid', 'serverStack'],
  ({ serverStack, instanceUid, components = [] }, { environment, howTo }) => {
    const problems: Problem[] = [];
    if (serverStack === environment) {
      const remedy = `Name the environment of the first instance. ${howTo.remove('serverStack')}`;
      problems.push({ key: 'serverStack', message: `"${serverStack}" is this environment itself`, remedy });
    }
    if (serverStack !== undefined && instanceUid === '') {
      problems.push({
        key: 'instanceUid',
        message: 'is missing: a second instance needs a name of its own',
        remedy: howTo.set('instanceUid', 'site2'),
      });
    }
    if (serverStack !== undefined && components.includes('nfs-server')) {
      problems.push({
        key: 'components',
        message: `has nfs-server, which is a component of the server: ${serverStack} may have it`,
        remedy: howTo.remove(`components[${components.indexOf('nfs-server')}]`),
      });
    }
    return problems;
  },
);

/** Projects are told apart by their ids, too; their names are those of namespaces. */
export const projectIds = rule(['projects'], ({ projects }, { howTo }) =>
  projects.flatMap(({ id }, index) =>
    id === undefined || projects.findIndex((other) => other.id === id) === index
      ? []
      : [
          {
            key: `projects[${index}].id`,
            message: `"${id}" is the id of another project already`,
            remedy: howTo.set(`projects[${index}].id`, '00000000-0000-4000-8000-000000000002'),
          },
        ],
  ),
);
