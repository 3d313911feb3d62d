import { compare, count } from './ratchet';

test('each check is counted, in the order of names', () => {
  const counts = count(['root', 'probes', 'root']);
  expect(Object.entries(counts)).toEqual([['probes', 1], ['root', 2]]);
});

test('equal counts are no change', () => {
  expect(compare({ root: 2 }, { root: 2 })).toEqual({ risen: [], fallen: [] });
});

test('a check that fails more often, or for the first time, has risen', () => {
  expect(compare({ root: 2 }, { root: 3, probes: 1 })).toEqual({ risen: ['probes: 0, now 1', 'root: 2, now 3'], fallen: [] });
});

test('a check that fails less often, or no more, has fallen; one does not make up for the other', () => {
  expect(compare({ root: 2, probes: 1 }, { root: 1 })).toEqual({ risen: [], fallen: ['probes: 1, now 0', 'root: 2, now 1'] });
  expect(compare({ root: 2, probes: 1 }, { root: 1, probes: 2 })).toEqual({ risen: ['probes: 1, now 2'], fallen: ['root: 2, now 1'] });
});
