/** Plain data of an object. */
export interface ThirdPartyData {
  readonly [key: string]: unknown;
}

/** An object of a chart that others made, as Helm rendered it. */
export interface ThirdPartyObject extends ThirdPartyData {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ThirdPartyData & {
    readonly name: string;
    readonly namespace: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/** Whether it runs pods. */
export function isWorkload(object: ThirdPartyObject): boolean {
  return ['Deployment', 'StatefulSet', 'DaemonSet', 'Job'].includes(object.kind);
}

/** Its pod template. */
export function podTemplateOf({ spec }: ThirdPartyObject): ThirdPartyData {
  return record(record(spec)['template']);
}

/** `value` if it is an object, else an empty one. */
export function record(value: unknown): ThirdPartyData {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as ThirdPartyData) : {};
}

/** The objects in the list `value`. */
export function list(value: unknown): ThirdPartyData[] {
  return Array.isArray(value) ? value.map(record) : [];
}
