import {
  accessRightsModule,
  type Method,
  PUBLIC_PATHS,
  type Role,
  ROLE_RIGHTS,
} from '../../constructs/admin/access-rights';

/** As the policy agent and the landing page read the table. */
function may(role: Role, method: Method, path: string): boolean {
  return ROLE_RIGHTS[role].some((right) => right.methods.includes(method) && new RegExp(right.path).test(path));
}

test.each<[Role, Method, string, boolean]>([
  ['admin', 'PATCH', '/anything', true],
  ['user', 'POST', '/datasets', true],
  ['user', 'GET', '/aii/projects', true],
  ['user', 'POST', '/aii/projects', false],
  ['user', 'POST', '/kubernetes', false],
  ['user', 'GET', '/kaapana-backend/settings', false],
  ['user', 'PATCH', '/kaapana-backend/client/file', true],
  ['project-manager', 'POST', '/aii/projects', true],
  ['project-manager', 'GET', '/kaapana-backend/settings', true],
  ['project-manager', 'PUT', '/kaapana-backend/settings', false],
])('%s, %s %s: %s', (role, method, path, allowed) => {
  expect(may(role, method, path)).toBe(allowed);
});

test('every path is a regular expression from the start of the path on', () => {
  const paths = [
    ...PUBLIC_PATHS,
    ...Object.values(ROLE_RIGHTS)
      .flat()
      .map(({ path }) => path),
  ];
  for (const path of paths) {
    expect(path).toMatch(/^\^\//);
    expect(() => new RegExp(path)).not.toThrow();
  }
});

test('no role has the same right twice', () => {
  for (const rights of Object.values(ROLE_RIGHTS)) {
    const each = rights.flatMap(({ path, methods }) => methods.map((method) => `${method} ${path}`));
    expect(new Set(each).size).toBe(each.length);
  }
});

test('the module has the names that the policies and the landing page read, a line for each right', () => {
  const lines = accessRightsModule().split('\n');
  expect(lines[0]).toBe('package httpapi.authz');
  expect(lines).toContain('whitelisted_endpoints := [');
  expect(lines).toContain('endpoints_per_role := {');
  expect(lines).toContain('\t"project-manager": [');
  expect(lines).toContain('\t\t{"path":"^/thumbnails/.*","methods":["GET"]},');
});
