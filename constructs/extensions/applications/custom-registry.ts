import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Workload } from '../../kube';
import { dockerConfig } from '../../platform/platform-namespace';
import { UNREAD_IMAGE } from '../../platform/unread-image';
import { defineExtension } from '../contract/definition';
import type { ExtensionProps } from '../contract/extension';
import { registryFingerprint, registrySecretName, withoutProtocol } from '../contract/registry-secret';

const URL_FORM = /^([a-z]+:\/\/)?[a-z0-9][a-z0-9.-]*(:\d{1,5})?(\/[a-z0-9][a-z0-9._-]*)*$/;
const IMAGE_FORM = /^(-|[a-z0-9][a-z0-9.-]*(:\d{1,5})?(\/[a-z0-9][a-z0-9._-]*)+:\w[\w.-]{0,127})$/;

const definition = defineExtension({
  name: 'custom-registry-chart',
  title: 'New Registry',
  purpose: 'An account at a further image registry, for the platform or for one project',
  kind: 'application',
  namedBy: 'custom_registry_name',
  maturity: 'experimental',
  hardware: 'cpu',
  multiInstallable: true,
  documentation: 'user_guide/extensions.html#new-registry',
  parameters: {
    custom_registry_name: {
      type: 'string',
      aliases: ['display_name'],
      definition: 'Name of the registry',
      example: 'REGISTRY-service-example',
      form: { pattern: /^[A-Za-z0-9._-]+$/, wanted: 'a name of letters, digits, ".", "-" and "_" alone' },
    },
    secret_scope: {
      type: 'list_single',
      choices: ['Service-Secret', 'Project-Secret'],
      default: 'Service-Secret',
      definition: 'Whose images it is for: those of the platform, or those of one project',
    },
    custom_registry_url: {
      type: 'string',
      definition: 'Registry, with its port and path',
      example: 'https://registry.example.org:5000/group',
      form: { pattern: URL_FORM, wanted: 'a registry, e.g. https://registry.example.org:5000/group' },
    },
    credentials_custom_registry_username: {
      type: 'string',
      aliases: ['credentials_curstom_registry_username'],
      definition: 'Account at the registry',
      secret: true,
    },
    credentials_custom_registry_password: {
      type: 'string',
      aliases: ['credentials_curstom_registry_password'],
      definition: 'Password or access token of the account',
      secret: true,
    },
    test_pull_image: {
      type: 'string',
      default: '-',
      definition: 'Image to pull as a test, without a protocol; - for none',
      form: {
        pattern: IMAGE_FORM,
        wanted: 'an image with its registry and tag, e.g. registry.example.org:5000/group/image:1.0',
      },
    },
  },
  distinct: [
    { parameter: 'custom_registry_name', what: 'name', of: ({ custom_registry_name }) => String(custom_registry_name) },
    {
      parameter: 'custom_registry_url',
      what: 'registry in the same scope',
      of: ({ custom_registry_url, secret_scope }, project) =>
        `${secret_scope === 'Project-Secret' ? project : ''}/${registryFingerprint(String(custom_registry_url))}`,
    },
  ],
});

/** A registry's account, from which pods pull images (custom-registry-chart, Kaapana 0.6.0). */
export class CustomRegistry extends Construct {
  public static readonly definition = definition;

  constructor(
    scope: Construct,
    id: string,
    { platform, services, project, parameters }: ExtensionProps<typeof definition>,
  ) {
    super(scope, id);
    const url = withoutProtocol(parameters.custom_registry_url);
    const namespace = parameters.secret_scope === 'Project-Secret' ? project.namespace : services.namespaces.services;
    const account = {
      username: parameters.credentials_custom_registry_username,
      password: parameters.credentials_custom_registry_password,
    };

    const secret = new kplus.Secret(this, 'PullSecret', {
      metadata: { name: registrySecretName(url), namespace },
      type: 'kubernetes.io/dockerconfigjson',
      stringData: { '.dockerconfigjson': dockerConfig({ url, account }) },
    });
    if (parameters.test_pull_image === '-') return;
    new Workload(this, 'Test', {
      platform: { ...platform, pullSecret: secret.name },
      namespace,
      name: `registry-test-${registryFingerprint(url)}`,
      kind: 'Job',
      backoffLimit: 2,
      container: {
        name: 'registry-connection-test',
        image: parameters.test_pull_image,
        exceptions: UNREAD_IMAGE,
      },
    });
  }
}
