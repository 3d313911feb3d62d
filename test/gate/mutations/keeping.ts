import { container, edit } from './edit';
import type { Mutation } from './mutation';

/** Breaks of where data lie, and of what is watched. */
export const KEEPING: readonly Mutation[] = [
  {
    name: 'data lie in another folder of the volume',
    make: () =>
      edit('deployment', 'services/data-api', (object) => {
        container(object).volumeMounts[0].subPath = 'elsewhere';
      }),
    judge: ({ disk }) => disk('services/data-api-'),
    says: /services\/data-api-.* has no data of its own at .*, promised under/,
  },
  {
    name: 'metrics are looked for at another port',
    make: () =>
      edit('deployment', 'services/airflow-statsd', (object) => {
        object.spec.template.metadata.annotations['prometheus.io/port'] = '9103';
      }),
    judge: ({ metrics }) => metrics(/:9103\//),
    says: /Prometheus finds http:\/\/.*:9103\/metrics down/,
  },
  {
    name: 'the collector of logs does not see them',
    make: () =>
      edit('daemonset', 'services/promtail', (object) => {
        const { volumeMounts } = container(object);
        container(object).volumeMounts = volumeMounts.filter(
          ({ mountPath }: { mountPath: string }) => mountPath !== '/var/log/pods',
        );
      }),
    judge: ({ logs }) => logs(),
    says: /a line that a pod writes does not come to Loki/,
  },
];
