import { installedJobs, installedPods, InstalledCharts } from '../../constructs/platform/installed-charts';
import { chart, object } from '../support';

const others = [
  { key: 'app.kubernetes.io/managed-by', operator: 'NotIn', values: ['pulumi'] },
  { key: 'kaapana.ai/type', operator: 'NotIn', values: ['processing-container'] },
];

test('pods of installed charts are those that are neither ours nor tasks, whatever labels they have', () => {
  expect(installedPods('services')).toEqual({ namespaces: ['services'], pods: { matchExpressions: others } });
  expect(installedJobs('services').pods.matchExpressions).toEqual([...others, { key: 'job-name', operator: 'Exists' }]);
});

test('they reach each other, and who visits them reaches all of their ports', () => {
  const scope = chart();
  new InstalledCharts(scope, 'InstalledCharts', {
    namespace: 'services',
    visitors: [{ namespace: 'admin', podLabels: { app: 'traefik' } }],
  });
  expect(object(scope, 'NetworkPolicy', 'installed-charts-ingress')).toMatchObject({
    metadata: { namespace: 'services' },
    spec: {
      podSelector: { matchExpressions: others },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'admin' } },
              podSelector: { matchLabels: { app: 'traefik' } },
            },
            { podSelector: { matchExpressions: others } },
          ],
        },
      ],
    },
  });
});
