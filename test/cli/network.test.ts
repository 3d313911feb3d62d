import { environmentFile, kaapana, workDirectory } from './support';

const directory = workDirectory();
const prod = environmentFile(directory, 'Pulumi.prod.yaml', { apiServerIp: '192.0.2.10' });
const GUEST = {
  serverStack: 'prod',
  instanceUid: 'site2',
  domain: 'site2.example.org',
  httpPort: 0,
  httpsPort: 8443,
  dicomPort: 11113,
  apiServerIp: '192.0.2.10',
};
const guest = environmentFile(directory, 'Pulumi.guest.yaml', GUEST);

/** What the command prints. */
function network(...args: readonly string[]): string {
  const { status, stdout, stderr } = kaapana(['network', ...args]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

test('every workload is listed, with who may connect to it and where it may connect to', () => {
  const [database = ''] = /^admin\/keycloak-database\n( {2}.*\n)+/m.exec(network('--env', prod)) ?? [];
  expect(database).toContain('  in  5432/TCP: admin/keycloak\n');
  expect(database).toMatch(/^ {2}out /m);
});

test('one destination, one source, or both with the policies', () => {
  expect(network('--env', prod, '--to', 'admin/keycloak-database')).toBe(
    'admin/keycloak-database\n  in  5432/TCP: admin/keycloak\n',
  );
  const task = 'project-admin{kaapana.ai/type=processing-container}';
  expect(network('--env', prod, '--from', task)).toMatch(
    /^project-admin\{.*\}\n(.*\n)* {2}out 9000\/TCP: services\/minio-deployment/,
  );
  const lines = network('--env', prod, '--from', task, '--to', 'services/minio-deployment')
    .split('\n')
    .map((line) => line.split(/ {2,}/));
  expect(lines[0]).toEqual(['PORT', 'VERDICT', `OUT OF ${task}`, 'INTO services/minio-deployment']);
  expect(lines).toContainEqual([
    '9000/TCP',
    'open',
    'allowed by project-admin/egress-for-processing-containers',
    expect.stringMatching(/^allowed by services\/minio/),
  ]);
  expect(lines).toContainEqual([
    '9090/TCP',
    'closed',
    expect.stringMatching(/^stopped by project-admin\/deny-all-traffic, /),
    expect.stringMatching(/^stopped by services\/default-deny-ingress, services\/minio/),
  ]);
});

test('a further instance is shown with its server', () => {
  const found = JSON.parse(network('--env', guest, '--to', 'admin/keycloak', '--json')) as {
    who: string;
    ports: string[];
  }[];
  expect(found).toContainEqual({ who: 'site2-default/traefik', ports: ['8080/TCP'] });
});

test('JSON has the same', () => {
  const map = JSON.parse(network('--env', prod, '--json')) as { pods: string; from: unknown[]; to: unknown[] }[];
  expect(map.find(({ pods }) => pods === 'admin/keycloak-database')?.from).toEqual([
    { who: 'admin/keycloak', ports: ['5432/TCP'] },
  ]);
  const answer = JSON.parse(
    network('--env', prod, '--from', 'admin/keycloak', '--to', 'admin/keycloak-database', '--json'),
  ) as unknown[];
  expect(answer).toContainEqual(expect.objectContaining({ port: '5432/TCP', allowed: true }));
});

test('a name that nobody has is a mistake that says who is meant', () => {
  const { status, stdout, stderr } = kaapana(['network', '--env', prod, '--to', 'services/minio']);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(
    /^nothing is called "services\/minio"\. Is it services\/minio-deployment or services\/minio-init\?\n$/,
  );
  expect(kaapana(['network', '--env', prod, '--from', 'x/nobody']).stderr).toMatch(
    /^nothing is called "x\/nobody"\. There are admin\//,
  );
});
