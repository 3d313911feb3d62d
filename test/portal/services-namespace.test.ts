import { externalAddress } from '../../constructs/kube';
import { ServicesNamespace, type ServicesNamespaceProps } from '../../constructs/portal/services-namespace';
import { chart, object, objects } from '../support';
import { ACCOUNTS } from './support';

const REQUIRED: ServicesNamespaceProps = {
  name: 'site2-services',
  registry: { url: 'registry.example.org/kaapana' },
  internalCidrs: ['10.1.0.0/16'],
  accounts: ACCOUNTS,
};
const ALL: Required<ServicesNamespaceProps> = {
  ...REQUIRED,
  pullSecret: 'pull',
  kind: 'components',
  privileged: 'it looks into the node',
  externalProxy: externalAddress('http://proxy.example.org:3128'),
};

test('the accounts that components share are in it', () => {
  const scope = chart();
  const { accounts, name } = new ServicesNamespace(scope, 'Services', REQUIRED);
  expect(name).toBe('site2-services');
  expect(object(scope, 'Secret', accounts.clientSecret.name)).toMatchObject({
    metadata: { namespace: 'site2-services' },
    stringData: { 'oidc-client-secret': 'client' },
  });
  expect(object(scope, 'Secret', accounts.systemPassword.name).metadata.namespace).toBe('site2-services');
});

test('no account of it is cluster-admin, and nobody reaches a pod of it that nothing opens', () => {
  const scope = chart();
  new ServicesNamespace(scope, 'Services', ALL);
  expect(objects(scope).filter(({ kind }) => /Role|ServiceAccount/.test(kind))).toEqual([]);
  expect(
    objects(scope)
      .filter(({ kind }) => kind === 'NetworkPolicy')
      .map(({ metadata }) => metadata.name),
  ).toEqual(['restrict-egress', 'allow-access-to-external-proxy', 'default-deny-ingress']);
  expect(object(scope, 'Secret', 'pull').metadata.namespace).toBe('site2-services');
});
