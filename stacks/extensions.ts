import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { CATALOGUE } from '../constructs/extensions/catalogue';
import { type ExtensionDefinition, imagesOf } from '../constructs/extensions/contract/definition';
import type { ExtensionClass, ExtensionServices } from '../constructs/extensions/contract/extension';
import { withDefaults } from '../constructs/extensions/contract/parameter';
import { type Install, installName } from '../constructs/extensions/install';
import { ThirdPartyChart, type ThirdPartyInstall } from '../constructs/extensions/third-party/third-party-chart';
import type { KaapanaPlatform } from '../constructs/platform/kaapana-platform';
import type { Project } from '../constructs/platform/project';

/** Properties of `ExtensionsStack`. */
export interface ExtensionsStackProps {
  readonly platform: KaapanaPlatform;

  /** What the instance offers to them. */
  readonly services: ExtensionServices;

  /** The first one has the extensions that name none. */
  readonly projects: readonly [Project, ...Project[]];

  readonly installs: readonly Install[];

  /** Charts that others made. @default - none */
  readonly thirdParty?: readonly ThirdPartyInstall[];
}

/** The extensions of an instance. */
export class ExtensionsStack extends Chart {
  constructor(scope: Construct, id: string, props: ExtensionsStackProps) {
    super(scope, id, { namespace: props.services.namespaces.services, disableResourceNameHashes: true });
    for (const install of props.installs) this.createExtension(install, props);
    for (const thirdParty of props.thirdParty ?? [])
      new ThirdPartyChart(this, thirdParty.name, { ...thirdParty, platform: props.platform, services: props.services });
  }

  private createExtension(install: Install, { platform, services, projects }: ExtensionsStackProps): void {
    const Extension = extensionClass(install.name);
    const { definition } = Extension;
    const name = installName(install);
    const project =
      install.project === undefined ? projects[0] : projects.find((candidate) => candidate.name === install.project);
    if (!project) throw new Error(`${name} belongs to the project ${install.project}, which there is not`);
    const version = install.version ?? definition.versions?.[0];
    new Extension(this, name, {
      definition,
      platform:
        version === undefined
          ? platform
          : { ...platform, images: platform.images.tagged(imagesOf(definition), version) },
      services,
      name,
      version: version ?? services.release.version,
      project,
      parameters: withDefaults(definition.parameters ?? {}, install.parameters ?? {}),
    });
  }
}

/** Each class takes the parameters of its own definition, and `Install` has paired them. */
function extensionClass(name: Install['name']): ExtensionClass<ExtensionDefinition> {
  return CATALOGUE.find(({ definition }) => definition.name === name) as unknown as ExtensionClass<ExtensionDefinition>;
}
