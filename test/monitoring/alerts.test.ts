import { platformAlerts } from '../../constructs/monitoring/alerts';
import { ruleFile } from '../../constructs/monitoring/alerts/alert-rule';

const groups = platformAlerts(['admin', 'services'], { gpus: true });
const rules = groups.flatMap((group) => group.rules);

test('a rule says how soon somebody has to look, what is wrong and what to do', () => {
  const rule = {
    alert: 'Full',
    expr: 'free < 1',
    severity: 'warning',
    summary: '{{ $labels.path }} is full',
    description: 'Make room.',
  } as const;
  expect(ruleFile([{ name: 'disks', rules: [rule, { ...rule, for: '1h' }] }])).toEqual({
    groups: [
      {
        name: 'disks',
        rules: ['5m', '1h'].map((duration) => ({
          alert: 'Full',
          expr: 'free < 1',
          for: duration,
          labels: { severity: 'warning' },
          annotations: { summary: '{{ $labels.path }} is full', description: 'Make room.' },
        })),
      },
    ],
  });
});

test('pods are watched in the namespaces of the platform alone', () => {
  const about = rules.filter(({ expr }) => /kube_(pod|job|persistentvolumeclaim)_/.test(expr));
  expect(about.length).toBeGreaterThan(5);
  for (const { expr } of about) expect(expr).toContain('namespace=~"admin|services"');
});

test('there are alerts about GPUs where there are GPUs', () => {
  const names = (given: readonly { name: string }[]) => given.map(({ name }) => name);
  expect(names(groups)).toEqual(['pods', 'nodes', 'storage', 'workflows', 'access', 'monitoring', 'gpus']);
  expect(names(platformAlerts(['services']))).not.toContain('gpus');
  expect(names(platformAlerts(['services'], { gpus: false }))).not.toContain('gpus');
});

test('an alert that gets worse keeps its name, so that the worse one mutes the other', () => {
  const severities = new Map<string, string[]>();
  for (const { alert, severity } of rules) severities.set(alert, [...(severities.get(alert) ?? []), severity]);
  expect(severities.get('DataDirectoryFilling')).toEqual(['warning', 'critical']);
  expect(severities.get('CertificateExpires')).toEqual(['warning', 'critical']);
  for (const all of severities.values()) expect(new Set(all).size).toBe(all.length);
});

test('every alert has a sentence for whoever gets it', () => {
  for (const { summary, description } of rules) {
    expect(summary).toMatch(/\S{2,}( \S+){2,}/);
    expect(description).toMatch(/\.$/);
  }
});
