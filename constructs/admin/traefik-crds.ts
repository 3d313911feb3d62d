import { Construct } from 'constructs';
import { ResourceDefinition } from '../kube';
import definitions from './traefik-crds.json';

/** Plural names of Traefik's custom resources, as roles name them. */
export const TRAEFIK_RESOURCES: readonly string[] = definitions.map(({ spec }) => spec.names.plural);

/** Their API versions and kinds, as charts ask for them: `traefik.io/v1alpha1` and `traefik.io/v1alpha1/Middleware`. */
export const TRAEFIK_APIS: readonly string[] = [
  ...new Set(
    definitions.flatMap(({ spec: { group, names, versions } }) =>
      versions.flatMap(({ name }) => [`${group}/${name}`, `${group}/${name}/${names.kind}`]),
    ),
  ),
];

/**
 * Traefik's custom resources, once per server (traefik-chart, Kaapana 0.6.0).
 *
 * traefik-crds.json is Traefik's own definition (v3.5.3, MIT; Kaapana's image is v3.5.6) without the
 * descriptions, which are most of it. It was made by piping the file
 * docs/content/reference/dynamic-configuration/kubernetes-crd-definition-v1.yml
 * of the Go module github.com/traefik/traefik/v3 through
 *
 *     node -e "const bare = (key, value) => key === 'description' && typeof value === 'string' ? undefined : value;
 *     const all = require('yaml').parseAllDocuments(fs.readFileSync(0, 'utf8')).map((it) => JSON.stringify(it, bare));
 *     console.log('[\n' + all.join(',\n') + '\n]')"
 */
export class TraefikDefinitions extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    for (const definition of definitions) new ResourceDefinition(this, definition.spec.names.kind, definition);
  }
}
