import { InstanceScope } from '../../src/settings/instance-scope';
import type { Settings } from '../../src/settings/parse';

/** A namespace of a first instance as these settings call it. */
export function namespaceCalled(name: string, settings: Settings): string {
  if (name === 'services') return settings.servicesNamespace;
  if (name === 'extensions') return settings.extensionsNamespace;
  if (name === 'admin') return settings.adminNamespace;
  return name.startsWith('project-')
    ? new InstanceScope(settings).projectNamespace(name.slice('project-'.length))
    : name;
}

/**
 * What `text` of the table may be called by these settings, the right one first: a further instance has a way in of its
 * own, and the rest of what is in the admin namespace of its server.
 */
export function namesOf(text: string, settings: Settings): string[] {
  const { instanceUid, serverStack, helmNamespace, servicesNamespace } = settings;
  const [, kind = '', namespace, rest = ''] = /^(svc:)?([a-z\d-]+)(.*)$/.exec(text) ?? [];
  if (namespace === undefined) return [text];
  const own = rest
    .replace(/^\/traefik-0$/, `/traefik-${instanceUid || '0'}`)
    .replace(/^\/cert-copy-services$/, `/cert-copy-${servicesNamespace}`);
  const home = `${kind}${namespaceCalled(namespace, settings)}${own}`;
  return namespace === 'admin' && serverStack !== undefined ? [`${kind}${helmNamespace}${own}`, home] : [home];
}
