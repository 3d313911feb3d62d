import { reachMap } from '../../src/report/network';
import { worldCalled } from './sets';

test.each(['prod', 'a second instance'])(
  'what the command shows of two workloads is what the evaluator says: %s',
  (set) => {
    const {
      connectivity,
      connectivity: {
        cluster: { workloads },
      },
    } = worldCalled(set);
    const shown = reachMap(connectivity).flatMap(({ pods, to }) =>
      to
        .filter(({ who }) => workloads.has(who))
        .flatMap(({ who, ports }) => ports.map((port) => `${pods} -> ${who}:${port}`)),
    );
    const said = [...workloads.values()].flatMap((source) =>
      [...workloads.values()].flatMap((target) => {
        const other = connectivity.check(source, target, { number: 60_000, protocol: 'TCP' }).allowed;
        const ports = target.ports
          .filter((port) => connectivity.check(source, target, port).allowed)
          .map(({ number, protocol }) => `${number}/${protocol}`);
        return (other ? ['all'] : [...new Set(ports)]).map((port) => `${source.name} -> ${target.name}:${port}`);
      }),
    );
    expect(said.length).toBeGreaterThan(300);
    expect(shown.sort()).toEqual(said.sort());
  },
);
