import { InstanceScope } from '../settings/instance-scope';
import type { Settings } from '../settings/parse';
import { type Claim, hostOf } from './claim';

/** What an environment takes, as far as its settings alone tell. */
export function settingsClaims(settings: Settings): Claim[] {
  const { serverStack } = settings;
  const scope = new InstanceScope(settings);
  return [
    ...(serverStack === undefined ? [claim('server', 'server layer', 'serverStack')] : []),
    // Its client of the identity provider and all that is cluster-wide are called by it.
    claim('instance', scope.instance, 'instanceUid'),
    ...namespaces(settings).map(([setting, name]) => claim('namespace', name, setting)),
    claim('prefix', scope.projectPrefix, 'instanceUid'),
    ...ports(settings).map(([setting, port]) => claim('port', `${port}/TCP`, setting)),
    claim('directory', settings.fastDataDir, 'fastDataDir'),
    claim('directory', settings.slowDataDir, 'slowDataDir'),
    ...exports(settings).map((path) => claim('export', path, 'nfs.path')),
    claim('address', `https://${settings.domain}:${settings.httpsPort}`, 'domain'),
  ];
}

function claim(kind: Claim['kind'], value: string, setting: string): Claim {
  return { kind, value, by: { setting }, change: { kind: 'value', key: setting } };
}

function namespaces(settings: Settings): [string, string][] {
  const { serverStack, components, projects } = settings;
  const scope = new InstanceScope(settings);
  return [
    serverStack === undefined ? ['adminNamespace', settings.adminNamespace] : ['helmNamespace', settings.helmNamespace],
    ['servicesNamespace', settings.servicesNamespace],
    ['extensionsNamespace', settings.extensionsNamespace],
    ...(components.includes('jobs-namespace') ? [['jobsNamespace', settings.jobsNamespace] as [string, string]] : []),
    ...projects.map(({ name }, index): [string, string] => [`projects[${index}].name`, scope.projectNamespace(name)]),
  ];
}

function ports({ httpPort, httpsPort, dicomPort }: Settings): [string, number][] {
  return Object.entries({ httpPort, httpsPort, dicomPort }).filter(([, port]) => port !== 0);
}

function exports({ storageProvider, nfs, instanceUid }: Settings): string[] {
  if (storageProvider !== 'nfs' || nfs === undefined) return [];
  return ['fast', 'slow'].map((role) =>
    `${hostOf(nfs.server)}:${nfs.path}/${instanceUid}/${role}`.replace(/\/{2,}/g, '/'),
  );
}
