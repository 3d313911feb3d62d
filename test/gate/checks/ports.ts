import { objectAt, objectsAt } from '../../../src/objects/manifest';
import { list } from '../../integration/support/kubectl';
import type { World } from '../../network/world';
import { dialAll } from '../support/dial';
import type { Gate } from '../support/gate';
import type { Trial } from '../support/network';

/** Ports of the node that should be open and are not, or the other way round, a sentence each. */
export async function portFindings(gate: Gate, world: World): Promise<string[]> {
  const promised = world.objects
    .filter(({ kind }) => kind === 'Service')
    .flatMap(({ spec }) => objectsAt(objectAt(spec).ports))
    .flatMap(({ nodePort, protocol }) => (typeof nodePort === 'number' && protocol !== 'UDP' ? [nodePort] : []));
  const given = list('services')
    .flatMap(({ spec }) => (spec.ports ?? []) as { nodePort?: number; protocol: string }[])
    .flatMap(({ nodePort, protocol }) => (nodePort === undefined || protocol !== 'TCP' ? [] : [nodePort]));
  const all = [...new Set([...promised, ...given])];
  const trials = all.map(
    (port): Trial => ({
      from: 'internet',
      to: 'node',
      port: String(port),
      promised: promised.includes(port),
      source: 'outside',
      target: { address: gate.site.node, port, protocol: 'TCP' },
    }),
  );
  const outcomes = await dialAll(trials, gate.enter);
  return trials.flatMap(({ port, promised: should }, index) => {
    const open = outcomes[index] === 'connected';
    if (open === should) return [];
    return open
      ? [`the port ${port} of the node is open, and the platform does not promise it`]
      : [`the port ${port} of the node, which the platform promises, does not answer`];
  });
}
