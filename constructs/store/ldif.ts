/** A record to add to a directory: its attributes, each with its values. */
export interface LdifAddition {
  readonly dn: string;
  readonly attributes: LdifAttributes;
}

/** What to change in a record of a directory. */
export interface LdifChange {
  readonly dn: string;

  /** Values to add to those that are there. @default - none */
  readonly add?: LdifAttributes;

  /** Values in place of those that are there. @default - none */
  readonly replace?: LdifAttributes;
}

/** Values by attribute. */
export type LdifAttributes = Readonly<Record<string, readonly string[]>>;

/** What a value may not begin with; a line break or a byte outside of ASCII is not safe anywhere. */
const UNSAFE = /^[ :<]|[^\x20-\x7e]| $/;

/** LDAP records as text (RFC 2849). */
export function ldif(records: readonly (LdifAddition | LdifChange)[]): string {
  return (
    ['version: 1', ...records.map((record) => ('attributes' in record ? addition(record) : change(record)))].join(
      '\n\n',
    ) + '\n'
  );
}

function addition({ dn, attributes }: LdifAddition): string {
  return [line('dn', dn), line('changetype', 'add'), ...lines(attributes)].join('\n');
}

function change({ dn, add = {}, replace = {} }: LdifChange): string {
  const steps = [
    ['add', add],
    ['replace', replace],
  ] as const;
  return [
    line('dn', dn),
    line('changetype', 'modify'),
    ...steps.flatMap(([step, attributes]) =>
      Object.entries(attributes).flatMap(([attribute, values]) => [
        line(step, attribute),
        ...lines({ [attribute]: values }),
        '-',
      ]),
    ),
  ].join('\n');
}

function lines(attributes: LdifAttributes): string[] {
  return Object.entries(attributes).flatMap(([attribute, values]) => values.map((value) => line(attribute, value)));
}

function line(attribute: string, value: string): string {
  return UNSAFE.test(value)
    ? `${attribute}:: ${Buffer.from(value, 'utf8').toString('base64')}`
    : `${attribute}: ${value}`;
}
