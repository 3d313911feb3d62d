import { EgressPolicy, type EgressPolicyProps } from '../../constructs/kube';
import { chart, object } from '../support';

const REQUIRED: EgressPolicyProps = { name: 'to-mail', pods: { namespace: 'services' }, port: 587 };
const ALL: Required<EgressPolicyProps> = {
  ...REQUIRED,
  pods: { namespace: 'services', podLabels: { app: 'web' } },
  host: '192.0.2.7',
};

function policy(props: EgressPolicyProps) {
  const scope = chart();
  new EgressPolicy(scope, 'Policy', props);
  return object(scope, 'NetworkPolicy', 'to-mail');
}

test('with the required props every pod of the namespace reaches the port, wherever it is', () => {
  const { metadata, spec } = policy(REQUIRED);
  expect(metadata.namespace).toBe('services');
  expect(spec).toEqual({
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [{ ports: [{ port: 587, protocol: 'TCP' }] }],
  });
});

test('with all props some pods reach it in one network', () => {
  expect(policy(ALL).spec).toEqual({
    podSelector: { matchLabels: { app: 'web' } },
    policyTypes: ['Egress'],
    egress: [{ to: [{ ipBlock: { cidr: '192.0.2.7/32' } }], ports: [{ port: 587, protocol: 'TCP' }] }],
  });
});
