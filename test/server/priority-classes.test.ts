import { HIGH_PRIORITY, LOW_PRIORITY } from '../../constructs/platform/priority';
import { PriorityClasses } from '../../constructs/server/priority-classes';
import { chart, object } from '../support';

test('high priority takes the place of others, low priority of nobody', () => {
  const scope = chart();
  new PriorityClasses(scope, 'PriorityClasses');
  const high = object(scope, 'PriorityClass', HIGH_PRIORITY.name);
  const low = object(scope, 'PriorityClass', LOW_PRIORITY.name);
  expect(high.value).toBeGreaterThan(low.value);
  expect(high.preemptionPolicy).toBe('PreemptLowerPriority');
  expect(low.preemptionPolicy).toBe('Never');
});

test('neither is the default', () => {
  const scope = chart();
  new PriorityClasses(scope, 'PriorityClasses');
  expect(object(scope, 'PriorityClass', 'kaapana-high-priority').globalDefault).toBe(false);
  expect(object(scope, 'PriorityClass', 'kaapana-low-priority').globalDefault).toBe(false);
});
