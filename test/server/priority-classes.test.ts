import { PriorityClasses } from '../../constructs/server/priority-classes';
import { chart, object } from '../support';

test('high priority takes the place of others, low priority of nobody', () => {
  const scope = chart();
  const classes = new PriorityClasses(scope, 'PriorityClasses');
  const high = object(scope, 'PriorityClass', classes.high);
  const low = object(scope, 'PriorityClass', classes.low);
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
