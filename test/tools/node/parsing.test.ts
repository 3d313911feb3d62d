import { hierarchies, missingControllers } from '../../../tools/node/cgroups';
import { openFilesLimit } from '../../../tools/node/requirements';
import { podOf } from '../../../tools/node/sandboxes';

const V1 = ['cpu,cpuacct', 'cpuset', 'memory', 'devices', 'freezer', 'blkio', 'pids'];
const mounts = (...lines: string[]): string => ['proc /proc proc rw 0 0', ...lines, ''].join('\n');
const v1 = V1.map((name) => `cgroup /sys/fs/cgroup/${name} cgroup rw,${name} 0 0`);

test('finds the cgroups of the first version, of the second, and of both', () => {
  const unified = 'cgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0';
  expect(hierarchies(mounts('cgroup2 /sys/fs/cgroup cgroup2 rw 0 0'))).toEqual({ v1: [], v2: '/sys/fs/cgroup' });
  expect(hierarchies(mounts(...v1, unified))).toEqual({
    v1: V1.map((name) => `/sys/fs/cgroup/${name}`),
    v2: '/sys/fs/cgroup/unified',
  });
  // Those that another node holds in its folder are not the machine's.
  expect(hierarchies(mounts('cgroup /x/cgroups/cpu cgroup rw,cpu 0 0'))).toEqual({ v1: [], v2: undefined });
});

test('names the controllers that are missing', () => {
  expect(missingControllers(hierarchies(mounts(...v1)))).toEqual([]);
  expect(missingControllers(hierarchies(mounts(...v1.slice(0, 2))))).toEqual([
    'memory',
    'devices',
    'freezer',
    'blkio',
    'pids',
  ]);
  expect(missingControllers({ v1: [], v2: '/sys/fs/cgroup' })).toEqual([]);
  expect(missingControllers({ v1: [] })).toEqual(['cpu', 'memory', 'pids']);
});

test('finds the pod of a process by its cgroups', () => {
  const uid = '0b5f1f9e-8f0a-4b6e-9d1c-2a3b4c5d6e7f';
  expect(podOf(`4:memory:/gate/kubepods/burstable/pod${uid}/0123abcd\n`)).toBe(uid);
  expect(podOf('4:memory:/user.slice\n')).toBeUndefined();
});

test('reads how many files may be open', () => {
  const limits =
    'Limit   Soft Limit  Hard Limit  Units\nMax open files            1024                 524288               files\n';
  expect(openFilesLimit(limits)).toBe(524_288);
  expect(openFilesLimit('')).toBe(1024);
});
