import type { InvalidPlace, Must, Origin, ValidationFacts } from '../facts/validation';
import { nameOf } from '../finding';
import type { Texts } from './text';

/** What a value must be, in words that follow its path; `than` is what it is about. */
const MUSTS: { readonly [M in Must]: (than: string) => string } = {
  'dns-label': () => 'must have only lower-case letters, digits and dashes, at most 63, and no dash at its ends',
  'dns-subdomain': () =>
    'must have only lower-case letters, digits, dashes and dots, with letters or digits at its ends',
  'service-name': () => 'must have only lower-case letters, digits and dashes, at most 63, and begin with a letter',
  'label-key': () =>
    'must be a name of letters, digits, -, _ and ., at most 63, with a letter or digit at its ends; a domain and / may be in front',
  'label-value': () => 'must have only letters, digits, -, _ and ., at most 63, with a letter or digit at its ends',
  'port-name': () => 'must have only lower-case letters, digits and single dashes, at most 15, and one letter at least',
  'data-key': () => 'must have only letters, digits, -, _ and ., at most 253',
  'variable-name': () => 'must have only printable ASCII characters, and no =',
  'resource-name': () => 'must be cpu, memory, ephemeral-storage, or a resource with a domain, e.g. nvidia.com/gpu',
  address: () => 'must be an IP address',
  cidr: () => 'must be a network such as 10.0.0.0/8',
  host: () => 'must be a host name, and not an address; its first part may be *',
  'absolute-path': () => 'must be a path that begins with /',
  'relative-path': () => 'must be a path that does not begin with / or ..',
  'without-parent': () => 'must be a path without .. and doubled slashes',
  quantity: () => 'must be a quantity such as 500m, 2, 512Mi or 1.5Gi',
  percentage: () => 'must be a number, or a percentage such as 25%',
  'cron-schedule': () => 'must be a schedule of five fields, such as "30 2 * * *", without a time zone',
  json: () => 'must be a JSON object',
  base64: () => 'must be in base64',
  pattern: (than) => `must match ${than}`,
  format: (than) => `must be ${than}`,
  present: () => 'is missing',
  'not-empty': () => 'must not be empty',
  'one-field': (than) => `must have one of the fields ${than}`,
  'at-most-one-field': (than) => `must not have more than one of the fields ${than}`,
  absent: (than) => (than === '' ? 'must not be set' : `must not be set without ${than}`),
  type: (than) => `must be of the type ${than}`,
  choice: (than) => `must be one of: ${than}`,
  range: (than) => `must be ${than}`,
  whole: () => 'must be a whole number',
  length: (than) => `is too long or too short: ${than}`,
  'not-above': (than) => `must not be more than ${than}`,
  equal: (than) => `must be the same as ${than}`,
  unique: (than) => `is there twice${than === '' ? '' : ` (${than})`}`,
  selected: (than) => `must be what ${than} asks for`,
  declared: (than) => `is not among ${than}`,
  consistent: (than) => `does not fit to ${than}`,
};

function place({ path, must, than = '', value }: InvalidPlace): string {
  return `${path} ${MUSTS[must](than)}${value === undefined ? '' : `; it is ${JSON.stringify(value)}`}`;
}

/** Where a mistake is mended. */
function from(origin: Origin): string {
  if (origin.kind === 'construct') return `made by ${origin.path}`;
  return origin.template === undefined
    ? `of the extension ${origin.extension}`
    : `template ${origin.template} of the extension ${origin.extension}`;
}

/** What is told of objects that the API server would refuse. */
export const VALIDATION_TEXTS: Texts<ValidationFacts> = {
  'unknown-field': ({ subject, facts: { path, known, version, origin }, remedies: [acknowledge] }, howTo) =>
    `${nameOf(subject)} (${from(origin)}): Kubernetes ${version} has no field ${path}` +
    `${known === undefined ? '' : `; ${known} may be meant`}. If the server is a newer one, which has it: ${acknowledge ? howTo.command(acknowledge) : ''}`,
  'invalid-field': ({ subject, facts }) => `${nameOf(subject)} (${from(facts.origin)}): ${place(facts)}`,
  'invalid-pod': ({ subject, facts }) =>
    `${nameOf(subject)} (${from(facts.origin)}): the API server takes the object, and refuses its pods: ${place(facts)}`,
  'unvalidated-object': {
    key: ({ facts: { origin } }) => (origin.kind === 'chart' ? origin.extension : origin.path),
    text: (group) =>
      `nobody has looked whether the API server takes ${group.map(({ subject }) => nameOf(subject)).join(', ')} ` +
      `(${from(group[0].facts.origin)}): no schema describes ${[...new Set(group.map(({ facts }) => facts.apiVersion))].join(', ')}. check --live asks the server`,
  },
};
