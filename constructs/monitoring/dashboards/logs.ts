import type { Dashboard } from './dashboard';

/** The logs of all pods, to search in. */
export function logs(): Dashboard {
  return {
    uid: 'kaapana-logs',
    title: 'Logs',
    description: 'The logs of all pods, to search in.',
    range: '1h',
    variables: [
      { name: 'namespace', label: 'Namespace', logLabel: 'namespace' },
      { name: 'app', label: 'Program', logLabel: 'app' },
      { name: 'pod', label: 'Pod', logLabel: 'pod' },
      { name: 'search', label: 'Contains' },
    ],
    rows: [
      {
        title: 'Logs',
        panels: [
          {
            kind: 'logs',
            title: 'Lines that speak of a problem',
            width: 24,
            height: 8,
            query: `${STREAMS} |~ \`(?i)(error|fatal|panic|exception)\` |= \`$search\``,
          },
          { kind: 'logs', title: 'All lines', width: 24, height: 20, query: `${STREAMS} |= \`$search\`` },
        ],
      },
    ],
  };
}

const STREAMS = '{namespace=~"$namespace", app=~"$app", pod=~"$pod"}';
