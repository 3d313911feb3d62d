import { buildPlatform } from '../../src/environment/tree';
import {
  containersOf,
  type JsonObject,
  type Manifest,
  objectAt,
  objectsAt,
  podTemplate,
} from '../../src/objects/manifest';
import { GUEST } from '../conflicts/support';
import { settings } from '../settings/support';

/** Ports in the order of their objects; `where` tells which have to differ. */
function portsIn(manifest: Manifest): { where: string; port: unknown }[] {
  const {
    kind,
    metadata: { namespace, name },
  } = manifest;
  const template = podTemplate(manifest);
  const listening =
    template === undefined
      ? []
      : containersOf(template)
          .flatMap(({ ports }) => objectsAt(ports))
          .map(({ containerPort, protocol }) => ({
            where: `pods of ${kind}/${namespace}/${name} ${String(protocol ?? 'TCP')}`,
            port: containerPort,
          }));
  const served =
    kind !== 'Service'
      ? []
      : objectsAt(objectAt(manifest.spec as JsonObject).ports).map(({ port, protocol }) => ({
          where: `Service/${namespace}/${name} ${String(protocol ?? 'TCP')}`,
          port,
        }));
  return [...listening, ...served];
}

/** Ports that stand twice where they have to differ. */
function twice(manifests: readonly Manifest[]): string[] {
  const all = manifests.flatMap(portsIn).map(({ where, port }) => `${where}: ${String(port)}`);
  return all.filter((entry, index) => all.indexOf(entry) !== index);
}

const manifestsOf = (...args: Parameters<typeof buildPlatform>): Manifest[] =>
  buildPlatform(...args).graph.nodes.map(({ manifest }) => manifest);

test('a port that is given never meets one that a program of the platform has inside its pod', () => {
  const inside = [
    ...new Set(
      manifestsOf(settings(), 'test')
        .flatMap(portsIn)
        .map(({ port }) => Number(port)),
    ),
  ];
  expect(inside.length).toBeGreaterThan(20);
  const met = inside.flatMap((port, index) => {
    const at = (offset: number): number => inside[(index + offset) % inside.length] ?? 0;
    const given = { httpPort: port, httpsPort: at(1), dicomPort: at(2) };
    const host = settings({ ...given, domain: 'kaapana.example.org' });
    return [
      ...twice(manifestsOf(host, 'test')),
      ...twice(
        manifestsOf(
          settings({ ...GUEST, serverStack: 'prod', httpsPort: at(3), httpPort: at(4), dicomPort: at(5) }),
          'guest',
          host,
        ),
      ),
    ].map((problem) => `${JSON.stringify(given)}: ${problem}`);
  });
  expect(met).toEqual([]);
});
