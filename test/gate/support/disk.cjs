'use strict';
// Runs in the node: reads a list of { container, mount, path, marker }, writes a marker into each mount as the program
// of the container is, and tells where it lies.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');

/** The first process of each container, by the container's id, which ends the name of its cgroup. */
function processes() {
  const found = new Map();
  const numbers = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  for (const pid of numbers.map(Number).sort((a, b) => a - b)) {
    try {
      const [, id] = /\/([0-9a-f]{64})$/m.exec(fs.readFileSync(`/proc/${pid}/cgroup`, 'utf8')) ?? [];
      if (id !== undefined && !found.has(id)) found.set(id, pid);
    } catch {
      // It has ended meanwhile.
    }
  }
  return found;
}

/** The user, group, further groups and capabilities of a process, as options of setpriv. */
function identity(pid) {
  const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  const field = (name) => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)[1].trim().split(/\s+/).filter(Boolean);
  const groups = field('Groups');
  return [
    `--reuid=${field('Uid')[1]}`,
    `--regid=${field('Gid')[1]}`,
    groups.length > 0 ? `--groups=${groups.join(',')}` : '--clear-groups',
    // Who is root in the container may do what its capabilities let him; others have none.
    ...(field('Uid')[1] === '0' ? [] : ['--inh-caps=-all', '--ambient-caps=-all', '--bounding-set=-all']),
  ];
}

function tried({ container, mount, path, marker }, pids) {
  const pid = pids.get(container);
  if (pid === undefined) return { error: 'no process of the container runs' };
  const inside = `/proc/${pid}/root${mount}`;
  try {
    const [here, there] = [fs.statSync(inside), fs.statSync(path)];
    if (here.ino !== there.ino || here.dev !== there.dev) return { error: `what it has there is not ${path}` };
    // A single file of a claim is mounted to be read.
    if (there.isFile()) return { read: true };
  } catch ({ message }) {
    return { error: message };
  }
  const script = 'printf %s "$2" >"$1"';
  // By the node's own path, as a process that has changed its user lets nobody look into its files.
  const file = `${path}/${marker.name}`;
  const args = [...identity(pid), 'sh', '-c', script, 'sh', file, marker.text];
  const { status, stderr } = spawnSync('setpriv', args, { encoding: 'utf8' });
  return status === 0 ? {} : { error: `its program cannot write there: ${stderr.trim()}` };
}

async function main() {
  let input = '';
  for await (const part of process.stdin) input += part;
  const pids = processes();
  process.stdout.write(JSON.stringify(JSON.parse(input).map((one) => tried(one, pids))));
}

main();
