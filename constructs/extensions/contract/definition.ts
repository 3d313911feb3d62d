import type { PullPolicy } from '../../kube';
import type { Parameters, ParameterValue } from './parameter';

/** What every extension says of itself. */
interface Described {
  /** Name of its chart in Kaapana, with `-chart` or `-workflow` at its end; the settings name it so. */
  readonly name: string;

  /** Name that users see. */
  readonly title: string;

  /** What it is for; one phrase. */
  readonly purpose: string;

  /** Stable ones are tested and maintained by Kaapana. */
  readonly maturity: 'stable' | 'experimental';

  /** What its programs compute on. */
  readonly hardware: 'cpu' | 'gpu';

  /** Page in Kaapana's documentation, e.g. `user_guide/extensions.html#jupyterlab`. @default - none */
  readonly documentation?: string;

  /** The only versions there are, newest first. @default - every version of the platform */
  readonly versions?: readonly [string, ...string[]];

  /** Images that it alone deploys. @default - none */
  readonly images?: readonly string[];

  /** When its images are pulled. @default - as those of the platform */
  readonly pullPolicy?: PullPolicy;

  /** Images that its tasks run; nothing of this program starts them, but offline sites need them. @default - none */
  readonly taskImages?: readonly string[];

  /** @default - none */
  readonly parameters?: Parameters;

  /** What no two installs of it may have in common. @default - nothing but their names */
  readonly distinct?: readonly Distinct[];
}

/** Something that no two installs of an extension may have in common. */
export interface Distinct {
  /** Parameter that a message names. */
  readonly parameter: string;

  /** What it is, e.g. `host directory`. */
  readonly what: string;

  /** Two installs with the same answer get into each other's way; undefined gets into nobody's. */
  readonly of: (values: Readonly<Record<string, ParameterValue>>, project: string) => string | undefined;
}

/** One or more workflows of Airflow. */
export interface WorkflowDefinition extends Described {
  readonly kind: 'workflow';

  /** Image that copies the workflows into Airflow's directories. */
  readonly installer: string;

  /** Registry of that image, where it is not the platform's. A secret with an account there is used if there is one. */
  readonly registry?: string;

  /** Whether that image brings scripts that tasks run, as some before Kaapana 0.4. @default false */
  readonly hasScripts?: boolean;

  /** Names of the workflows, as Airflow and users see them. */
  readonly workflows: readonly string[];
}

/** Workflows of the task API, which it is told of. */
export interface TaskApiDefinition extends Described {
  readonly kind: 'workflow-v2';

  readonly workflows: readonly string[];
}

/** A program that users open in the browser, or that works in the background. */
export interface ApplicationDefinition extends Described {
  readonly kind: 'application';

  /** Whether it may be installed several times, each time by another name. @default false */
  readonly multiInstallable?: boolean;

  /** Whether the app store lists it among the applications in use. @default false */
  readonly listedInUse?: boolean;

  /** Parameter that the app store names its installs by. @default - by random letters */
  readonly namedBy?: string;
}

/** A program that workflows start while they run, by kube-helm, and that users end. */
export interface InternalDefinition extends Described {
  readonly kind: 'internal';

  /** Each run has its own. */
  readonly multiInstallable: true;

  /** Value that workflows give it as the path of its page. @default - its path follows from its name */
  readonly pathValue?: string;
}

/** What is known of an extension without deploying it. */
export type ExtensionDefinition = WorkflowDefinition | TaskApiDefinition | ApplicationDefinition | InternalDefinition;

/** `definition` as it is, with the types of its names and choices. */
export function defineExtension<const Definition extends ExtensionDefinition>(definition: Definition): Definition {
  return definition;
}

/** Whether an extension may be installed several times. */
export function isMultiInstallable(definition: ExtensionDefinition): boolean {
  return 'multiInstallable' in definition && definition.multiInstallable === true;
}

/** Images that an extension alone deploys. */
export function imagesOf(definition: ExtensionDefinition): readonly string[] {
  const { images = [] } = definition;
  return definition.kind === 'workflow' ? [definition.installer, ...images] : images;
}
