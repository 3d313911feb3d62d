import { podFindings } from './checks/pods';
import { livePods } from './support/pods';

test('every pod is ready, and every job complete', () => {
  expect(livePods().length).toBeGreaterThan(100);
  expect(podFindings()).toEqual([]);
});
