import { createHash } from 'node:crypto';
import { parse } from 'yaml';
import type { ThirdPartyObject } from '../../constructs/extensions/third-party/third-party-object';
import { yaml } from '../../constructs/kube/yaml';
import type { JsonObject } from '../objects/manifest';
import type { TextForm } from '../settings/derive';
import type { ThirdPartyVolume } from './static-volumes';
import type { ChosenValue } from './values';

/** What was made of a chart when it was added: no preview needs helm, and a reviewer sees what changes. */
export interface Rendered {
  readonly chart: {
    readonly name: string;
    readonly version: string;
    readonly title: string;
    readonly keywords: readonly string[];
  };

  /** Values of the platform that it depends on. */
  readonly platform: JsonObject;

  /** Version of Kubernetes that it was told. @default - it does not ask */
  readonly kubernetes?: string;

  /** Values that somebody chose. */
  readonly values: Readonly<Record<string, ChosenValue>>;

  /** Names of the credentials among the chosen ones. */
  readonly secrets: readonly string[];

  /** Credentials that the chart would make up at each rendering, and what they look like. @default - none */
  readonly generated?: Readonly<Record<string, TextForm>>;

  /** Objects that are not deployed on somebody's word, as that was given. @default - none */
  readonly without?: readonly string[];

  /** Whether hooks of a removal are left out on somebody's word. @default false */
  readonly withoutRemovalHooks?: boolean;

  /** All that Helm would do with it, and this program does not. */
  readonly leftOut: readonly string[];

  /** Volumes that are made for it, with their claims. @default - none */
  readonly volumes?: readonly ThirdPartyVolume[];

  readonly objects: readonly ThirdPartyObject[];

  /** Templates that they come from, by `Kind/namespace/name`. @default - it was rendered when nobody kept them */
  readonly templates?: Readonly<Record<string, string>>;
}

/** Names of the two files in the folder of an install. */
export const FILES = { chart: 'chart.tgz', rendered: 'rendered.yaml' } as const;

const HEAD =
  '# Written by "kaapana extension add"; its checksum stands in the settings, so edit the chart and add it again.\n';

/** The content of the file, the same bytes each time. */
export function toFile(rendered: Rendered): string {
  return `${HEAD}${yaml(rendered)}`;
}

/** Reads what {@link toFile} wrote. */
export function fromFile(content: string): Rendered {
  return parse(content, { version: '1.1' }) as Rendered;
}

/** SHA-256 in hexadecimal digits. */
export function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
