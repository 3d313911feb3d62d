import { reveal, secretToken } from '../../constructs/kube';
import { object, objects } from '../support';
import { stack } from './support';

const parameters = {
  custom_registry_name: 'REGISTRY-service-x',
  custom_registry_url: 'https://registry2.example.org/group',
  credentials_custom_registry_username: 'custom-user',
  credentials_custom_registry_password: secretToken('extensions[0].parameters.credentials_custom_registry_password'),
};

test('its account is a pull secret of the services, and nowhere else', () => {
  const chart = stack([{ name: 'custom-registry-chart', as: 'a', parameters }]);
  const all = objects(chart);
  expect(all.map(({ kind, metadata }) => `${kind}/${metadata.namespace}/${metadata.name}`)).toEqual([
    'Secret/services/registry-secret-9af9',
  ]);
  expect(all[0]?.['type']).toBe('kubernetes.io/dockerconfigjson');
  const config = reveal(all[0]?.['stringData']['.dockerconfigjson'], () => 'custom-pass');
  expect(JSON.parse(config)).toEqual({
    auths: {
      'https://registry2.example.org/group': { auth: Buffer.from('custom-user:custom-pass').toString('base64') },
    },
  });
});

test('the protocol makes no other registry of it', () => {
  const chart = stack([
    {
      name: 'custom-registry-chart',
      as: 'a',
      parameters: { ...parameters, custom_registry_url: 'registry2.example.org/group' },
    },
  ]);
  expect(object(chart, 'Secret', 'registry-secret-9af9').metadata.namespace).toBe('services');
});

test('in the scope of a project it is in the namespace of that', () => {
  const chart = stack([
    { name: 'custom-registry-chart', as: 'a', parameters: { ...parameters, secret_scope: 'Project-Secret' } },
  ]);
  expect(object(chart, 'Secret', 'registry-secret-9af9').metadata.namespace).toBe('project-admin');
});

test('an image is pulled as a test, with that account', () => {
  const image = 'registry2.example.org/group/image:1.0';
  const { spec } = object(
    stack([{ name: 'custom-registry-chart', as: 'a', parameters: { ...parameters, test_pull_image: image } }]),
    'Job',
    'registry-test-9af9',
  );
  expect(spec.template.spec).toMatchObject({
    containers: [{ image }],
    imagePullSecrets: [{ name: 'registry-secret-9af9' }],
  });
  expect(spec.backoffLimit).toBe(2);
});
