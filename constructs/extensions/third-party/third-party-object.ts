/** Plain data of an object. */
export interface ForeignData {
  readonly [key: string]: unknown;
}

/** An object of a chart that others made, as Helm rendered it. */
export interface ForeignObject extends ForeignData {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ForeignData & {
    readonly name: string;
    readonly namespace: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/** Whether it runs pods. */
export function isWorkload(object: ForeignObject): boolean {
  return ['Deployment', 'StatefulSet', 'DaemonSet', 'Job'].includes(object.kind);
}

/** Its pod template. */
export function podTemplateOf({ spec }: ForeignObject): ForeignData {
  return record(record(spec)['template']);
}

/** `value` if it is an object, else an empty one. */
export function record(value: unknown): ForeignData {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as ForeignData) : {};
}

/** The objects in the list `value`. */
export function list(value: unknown): ForeignData[] {
  return Array.isArray(value) ? value.map(record) : [];
}
