import { TRAEFIK_DEFINITIONS } from '../../constructs/admin/traefik-crds';
import { thirdPartySecretsIn } from '../../constructs/extensions/third-party/third-party-secret';
import { holdsSecret } from '../../constructs/kube';
import type { InvalidPlace, Origin } from '../findings/facts/validation';
import { finding, type Finding, findingId, type Subject } from '../findings/finding';
import type { Graph, GraphNode } from '../objects/graph';
import type { JsonObject } from '../objects/manifest';
import { Clean } from './clean';
import { type Origins, originsOf } from './origins';
import { podProblems, ruleProblems } from './rules';
import { Schemas, VERSION } from './schema';
import { structureProblems } from './structure';

/**
 * What the API server would refuse of the objects in `graph`, found without one: by the schemas of its kinds, as its
 * strict field validation does, and by the rules that no schema has.
 */
export function validationFindings(graph: Graph, originOf: Origins = originsOf([])): Finding[] {
  const schemas = new Schemas([...(TRAEFIK_DEFINITIONS as readonly JsonObject[]), ...definitions(graph)]);
  const clean = new Clean(schemas);
  return graph.nodes.flatMap((node) => nodeFindings(node, schemas, clean, originOf(node)));
}

/** Those of charts and of the platform itself; a later one of a kind holds. */
function definitions(graph: Graph): JsonObject[] {
  return graph.nodes.map(({ manifest }) => manifest).filter(({ kind }) => kind === 'CustomResourceDefinition');
}

function nodeFindings({ id, manifest }: GraphNode, schemas: Schemas, clean: Clean, origin: Origin): Finding[] {
  const subject: Subject = { kind: 'object', id };
  const schema = schemas.of(manifest);
  const { unknown, invalid } =
    schema && !clean.is(manifest, schema) ? structureProblems(manifest, schema, schemas) : { unknown: [], invalid: [] };
  const known = new Set<string>();
  const first = ({ path, must }: InvalidPlace): boolean => {
    const isNew = !known.has(`${path} ${must}`);
    known.add(`${path} ${must}`);
    return isNew;
  };
  // The server reads the pods of a StatefulSet, and judges them only when it makes them.
  const isOfPods = ({ path, must }: InvalidPlace): boolean =>
    manifest.kind === 'StatefulSet' && (must === 'present' || must === 'choice') && OF_PODS.test(path);
  const shown = (place: InvalidPlace): InvalidPlace => withoutSecret(place, manifest.kind);
  return [
    ...(schema ? [] : [finding('unvalidated-object', subject, { apiVersion: manifest.apiVersion, origin })]),
    ...unknown.map((field) =>
      finding(
        'unknown-field',
        subject,
        { ...field, version: VERSION, origin },
        { kind: 'acknowledge', id: findingId({ rule: 'unknown-field', subject }) },
      ),
    ),
    ...[...invalid.filter((each) => !isOfPods(each)), ...ruleProblems(manifest)]
      .filter(first)
      .map((place) => finding('invalid-field', subject, { ...shown(place), origin })),
    ...[...invalid.filter(isOfPods), ...podProblems(manifest)]
      .filter(first)
      .map((place) => finding('invalid-pod', subject, { ...shown(place), origin })),
  ];
}

/** Where the pods and the claims of a StatefulSet are. */
const OF_PODS = /^spec\.(template\.spec\.|volumeClaimTemplates\[)/;

const LONGEST_VALUE = 70;

/** Values of Secrets, and what stands for one, are never told. */
function withoutSecret({ value, ...place }: InvalidPlace, kind: string): InvalidPlace {
  const isOpen =
    value !== undefined &&
    kind !== 'Secret' &&
    value.length <= LONGEST_VALUE &&
    !holdsSecret(value) &&
    thirdPartySecretsIn(value).length === 0;
  return isOpen ? { ...place, value } : place;
}
