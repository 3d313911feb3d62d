import type { ThirdPartyInstall } from '../../constructs/extensions/third-party/third-party-chart';
import type { Origin } from '../findings/facts/validation';
import type { GraphNode } from '../objects/graph';

/** Who wrote an object: the template of a chart where one is known, else the construct. */
export type Origins = (node: GraphNode) => Origin;

/** The origins of the objects of a tree with these third-party charts in it. */
export function originsOf(installs: readonly ThirdPartyInstall[]): Origins {
  const charts = new Map(
    installs.flatMap(({ name: extension, objects, templates = {} }) =>
      objects.map(({ kind, metadata }): readonly [string, Origin] => {
        const id = `${kind}/${metadata.namespace}/${metadata.name}`;
        return [`extensions/${extension} ${id}`, { kind: 'chart', extension, template: templates[id] }];
      }),
    ),
  );
  return ({ component, id, path }) => charts.get(`${component} ${id}`) ?? { kind: 'construct', path };
}
