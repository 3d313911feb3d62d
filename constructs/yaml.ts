import { DEFAULT_SCHEMA, dump, Type } from 'js-yaml';

/** Numbers of YAML 1.1, which the parsers of Kubernetes, Go and Python still know: with _ in them, and a lone point. */
const oldNumber = new Type('tag:yaml.org,2002:old-number', {
  kind: 'scalar', resolve: (text: unknown) => typeof text === 'string' && /^[-+]?(0[box][\d_a-f]+|[\d_]*\.?[\d_]*(e[-+]?\d+)?)$/i.test(text),
});
const schema = DEFAULT_SCHEMA.extend({ implicit: [oldNumber] });

/** `content` as YAML, the same bytes each time: a line for each value, no aliases, and texts stay texts for any parser. */
export function yaml(content: object): string {
  return dump(content, { schema, lineWidth: -1, noRefs: true });
}
