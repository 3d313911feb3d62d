import { alertOf } from './checks/alerts';
import { lineArrives, queryFindings, targetFindings } from './checks/monitoring';
import { Gate } from './support/gate';
import { until } from './support/until';
import { worlds } from './support/worlds';

const gate = new Gate();
const { first } = worlds(gate.site);
const { adminNamespace, servicesNamespace } = first.settings;

test('Prometheus finds what says that it has metrics, and all of it is up', async () => {
  expect(
    await until(
      () => targetFindings(gate, first),
      (findings) => findings.length === 0,
    ),
  ).toEqual([]);
});

test('every query of the dashboards is accepted', async () => {
  expect(await queryFindings(gate, [adminNamespace, servicesNamespace])).toEqual([]);
});

test('a line that a pod writes comes to Loki', async () => {
  expect(await lineArrives(gate, `line of the gate ${Date.now()}`)).toBe(true);
});

test('a program that is gone alerts, through Alertmanager and the forwarder', async () => {
  expect(await alertOf('admin/kube-helm-deployment', 'kube-helm')).toContain('"outcome":"notified"');
});
