import type { Manifest } from '../../src/objects/manifest';
import type { Settings } from '../../src/settings/parse';
import { objects } from '../conformance/facts/kaapana-0.6.0/default/project-namespace.json';

/** What the facts were taken with, and these settings have otherwise. */
const INSIDE = '["10.152.183.0/24","10.1.0.0/16","192.0.2.10/32","192.0.2.10/32"]';

/** A project that a user makes: its namespace and its policies are those of Kaapana's own chart, not ours. */
export function projectOfUsers(
  { adminNamespace, servicesNamespace, internalCidrs }: Settings,
  namespace: string,
): Manifest[] {
  const named = (text: string, name: string): string =>
    text.replaceAll(
      `"kubernetes.io/metadata.name":"${name}"`,
      `"kubernetes.io/metadata.name":"${name === 'admin' ? adminNamespace : servicesNamespace}"`,
    );
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    ...objects
      .filter(({ kind }) => kind === 'NetworkPolicy')
      .map(
        ({ name, facts: { apiVersion, spec } }): Manifest => ({
          apiVersion,
          kind: 'NetworkPolicy',
          metadata: { name, namespace },
          spec: JSON.parse(
            named(named(JSON.stringify(spec), 'admin'), 'services').replace(INSIDE, JSON.stringify(internalCidrs)),
          ) as Manifest['spec'],
        }),
      ),
  ];
}
