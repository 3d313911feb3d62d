import { externalAddress } from '../../constructs/kube';
import { PlatformNamespace, type PlatformNamespaceProps } from '../../constructs/platform/platform-namespace';
import { chart, object, objects } from '../support';

const REQUIRED: PlatformNamespaceProps = { name: 'extensions', registry: { url: 'registry.example.org/kaapana' } };
const ALL: Required<PlatformNamespaceProps> = {
  ...REQUIRED,
  pullSecret: 'pull',
  internalCidrs: ['10.1.0.0/16'],
  externalProxy: externalAddress('http://192.0.2.7:3128'),
  closed: true,
  kind: 'project',
  privileged: 'it looks into the node',
};

function kinds(props: PlatformNamespaceProps) {
  const scope = chart();
  const component = new PlatformNamespace(scope, 'Namespace', props);
  return { scope, component, names: objects(scope).map(({ kind, metadata }) => `${kind} ${metadata.name}`) };
}

test("with the required props it is a namespace with limits and the registry's account", () => {
  const { scope, component, names } = kinds(REQUIRED);
  expect(component.name).toBe('extensions');
  expect(names).toEqual(['Namespace extensions', 'LimitRange default-resource-limits', 'Secret registry-secret']);
  expect(object(scope, 'Namespace', 'extensions').metadata.labels).toMatchObject({
    'kaapana.ai/namespace': 'components',
    'pod-security.kubernetes.io/enforce': 'baseline',
  });
});

test('with all props its pods reach the inside and the proxy alone, and nobody reaches them', () => {
  const { scope, names } = kinds(ALL);
  expect(names).toEqual(
    expect.arrayContaining(['Secret pull', 'NetworkPolicy restrict-egress', 'NetworkPolicy default-deny-ingress']),
  );
  expect(object(scope, 'NetworkPolicy', 'restrict-egress').spec.egress).toEqual([
    { to: [{ ipBlock: { cidr: '10.1.0.0/16' } }] },
  ]);
  expect(object(scope, 'NetworkPolicy', 'allow-access-to-external-proxy').spec).toEqual({
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [{ to: [{ ipBlock: { cidr: '192.0.2.7/32' } }], ports: [{ port: 3128, protocol: 'TCP' }] }],
  });
  const { labels, annotations } = object(scope, 'Namespace', 'extensions').metadata;
  expect(labels).toMatchObject({
    'kaapana.ai/namespace': 'project',
    'pod-security.kubernetes.io/enforce': 'privileged',
  });
  expect(annotations).toEqual({ 'security-exception/pod-security': 'it looks into the node' });
});

test('where other policies say who reaches its pods, it does not', () => {
  expect(kinds({ ...ALL, closed: false }).names).not.toContain('NetworkPolicy default-deny-ingress');
  expect(kinds({ ...ALL, closed: false }).names).toContain('NetworkPolicy restrict-egress');
});
