import { dump, FAILSAFE_SCHEMA, Type, types } from 'js-yaml';

declare module 'js-yaml' {
  /** Exported since 4.1, which its type definitions do not know yet. */
  const types: Readonly<Record<'null' | 'bool' | 'int' | 'float' | 'timestamp' | 'merge', Type>>;
}

/** Numbers of YAML 1.1, which the parsers of Kubernetes, Go and Python still know: with _ in them, and a lone point. */
const oldNumber = new Type('tag:yaml.org,2002:old-number', {
  kind: 'scalar',
  resolve: (text: unknown) =>
    typeof text === 'string' && /^[-+]?(0[box][\d_a-f]+|[\d_]*\.?[\d_]*(e[-+]?\d+)?)$/i.test(text),
});

/**
 * Names, paths and images, which are most of what is written: nothing but a text for any parser, so they need no closer
 * look.
 */
const plain = new Type('tag:yaml.org,2002:plain', {
  kind: 'scalar',
  resolve: () => false,
  predicate: (text) =>
    typeof text === 'string' && /^(?!(y|n|yes|no|on|off|true|false|null)$)[a-z/][\w./-]*(:[\w./-]+)*$/i.test(text),
  represent: (text) => text as unknown,
});

const schema = FAILSAFE_SCHEMA.extend({
  implicit: [plain, types.null, types.bool, types.int, types.float, types.timestamp, types.merge, oldNumber],
});

/**
 * `content` as YAML, the same bytes each time: a line for each value, no aliases, and texts stay texts for any parser.
 */
export function yaml(content: object): string {
  return dump(content, { schema, lineWidth: -1, noRefs: true });
}
