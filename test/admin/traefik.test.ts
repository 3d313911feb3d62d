import { AuthBackend } from '../../constructs/admin/auth-backend';
import { Traefik, type TraefikProps } from '../../constructs/admin/traefik';
import { externalAddress, Middleware, RuntimeSecret } from '../../constructs/kube';
import { chart, object, objects, platform } from '../support';

function traefik(props: Partial<TraefikProps> = {}) {
  const scope = chart();
  const shared = { platform: platform(), namespace: 'admin' };
  const all: Required<TraefikProps> = {
    ...shared,
    httpsPort: 443,
    httpPort: 80,
    instanceUid: 'site2',
    ingressClass: 'site2',
    certificate: new RuntimeSecret(scope, 'Certificate', { name: 'certificate', namespace: 'admin', madeBy: scope }),
    authCheck: new AuthBackend(scope, 'AuthBackend', shared).check,
    cors: new Middleware(scope, 'Cors', { name: 'cors-middleware', namespace: 'admin', spec: { headers: {} } }),
  };
  const component = new Traefik(scope, 'Traefik', {
    ...all,
    httpPort: undefined,
    instanceUid: undefined,
    ingressClass: undefined,
    ...props,
  });
  const pod = object(scope, 'Deployment', 'traefik').spec.template.spec;
  return { scope, component, all, pod, args: pod.containers[0].args as string[] };
}

test('with the required props it serves TLS alone, as the first instance', () => {
  const { scope, component, args, pod } = traefik();
  expect(component.https.url).toBe('https://traefik-0.admin.svc');
  expect(args.filter((arg) => arg.includes('entrypoints.web.'))).toEqual([]);
  expect(pod.containers[0].ports).toEqual([
    { name: 'websecure', containerPort: 443 },
    { name: 'admin', containerPort: 8080 },
  ]);
  expect(objects(scope).some(({ kind, spec }) => kind === 'Service' && spec.type === 'NodePort')).toBe(false);
});

test('with all props it also sends plain HTTP on, from a port of the node', () => {
  const { scope, component, args } = traefik({ httpsPort: 8443, httpPort: 8080 + 1, instanceUid: 'site2' });
  expect(component.https.url).toBe('https://traefik-site2.admin.svc:8443');
  expect(args).toEqual(
    expect.arrayContaining([
      '--entrypoints.web.address=:8081',
      '--entrypoints.web.http.redirections.entryPoint.to=websecure',
      '--entrypoints.websecure.address=:8443',
    ]),
  );
  expect(object(scope, 'Service', 'traefik-http').spec).toMatchObject({
    type: 'NodePort',
    ports: [{ port: 8081, nodePort: 8081 }],
  });
  const policy = object(scope, 'NetworkPolicy', 'traefik-ingress').spec.ingress;
  expect(policy[0]).toEqual({ ports: [{ port: 8081, protocol: 'TCP' }] });
});

test('its own ports give way to those of the platform', () => {
  const { component, args, pod } = traefik({ httpPort: 8080, httpsPort: 11112 });
  expect(pod.containers[0].ports).toEqual([
    { name: 'websecure', containerPort: 11112 },
    { name: 'web', containerPort: 8080 },
    { name: 'admin', containerPort: 8081 },
  ]);
  expect(args).toEqual(
    expect.arrayContaining([
      '--entrypoints.web.address=:8080',
      '--entrypoints.traefik.address=:8081',
      '--entrypoints.dicom.Address=:11113',
    ]),
  );
  expect(component.api.url).toBe('http://traefik-0.admin.svc:8080');
  expect(traefik({ httpsPort: 8080 }).component.api.url).toBe('http://traefik-0.admin.svc:8081');
});

test('port 0 means no plain HTTP', () => {
  const { scope } = traefik({ httpPort: 0 });
  expect(objects(scope).map(({ metadata }) => metadata.name)).not.toContain('traefik-http');
});

test('every request is checked first, then gets the common headers', () => {
  const { scope, args } = traefik();
  expect(args).toContain(
    '--entrypoints.websecure.http.middlewares=admin-auth-check@kubernetescrd,admin-cors-middleware@kubernetescrd',
  );
  expect(object(scope, 'Middleware', 'auth-check').spec).toEqual({
    forwardAuth: { address: 'http://auth-backend-service.admin.svc:5000/auth-check', authResponseHeaders: ['Project'] },
  });
  const peers = JSON.stringify(object(scope, 'NetworkPolicy', 'auth-backend-ingress').spec.ingress);
  expect(peers).toContain('"app.kubernetes.io/name":"traefik"');
});

test('a check that lives elsewhere fits', () => {
  const { scope } = traefik({ authCheck: externalAddress('https://auth.example.org/check') });
  expect(object(scope, 'Middleware', 'auth-check').spec.forwardAuth.address).toBe('https://auth.example.org/check');
});

test('its role watches what its providers need, and changes nothing', () => {
  const { scope, pod } = traefik();
  const { rules } = object(scope, 'ClusterRole', 'admin-traefik');
  expect(pod).toMatchObject({ serviceAccountName: 'traefik', automountServiceAccountToken: true });
  expect(new Set(rules.flatMap(({ verbs }: { verbs: string[] }) => verbs))).toEqual(new Set(['list', 'watch']));
  expect(rules.flatMap(({ resources }: { resources: string[] }) => resources)).toEqual(
    expect.arrayContaining(['endpointslices', 'ingresses', 'ingressclasses', 'middlewares', 'ingressroutes']),
  );
});

test('binding low ports stays possible', () => {
  const { capabilities, readOnlyRootFilesystem } = traefik().pod.containers[0].securityContext;
  expect(capabilities.drop).not.toContain('ALL');
  expect(capabilities.drop).not.toContain('NET_BIND_SERVICE');
  expect(readOnlyRootFilesystem).toBe(true);
});

test('the certificate of its configuration is where it is mounted', () => {
  const { scope, pod } = traefik();
  expect(pod.containers[0].volumeMounts).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ mountPath: '/ssl' }),
      expect.objectContaining({ mountPath: '/config/conf.toml', subPath: 'conf.toml' }),
    ]),
  );
  expect(pod.volumes).toContainEqual({ name: 'ssl', secret: { secretName: 'certificate' } });
  expect(object(scope, 'ConfigMap', 'traefik-config').data['conf.toml']).toContain('certFile = "/ssl/tls.crt"');
});

test('its dashboard and interface have routes', () => {
  const { scope } = traefik();
  const annotations = object(scope, 'Ingress', 'traefik-ingress').metadata.annotations as Record<string, string>;
  expect(annotations['traefik.ingress.kubernetes.io/router.middlewares']).toBe(
    'admin-traefik-redirect@kubernetescrd,admin-traefik-strip-prefix@kubernetescrd',
  );
  const paths = object(scope, 'Ingress', 'traefik-web-api-ip').spec.rules[0].http.paths;
  expect(paths.map(({ path }: { path: string }) => path)).toEqual(['/api', '/health']);
  expect(paths[0].backend.service).toEqual({ name: 'traefik-0', port: { name: 'admin' } });
});

test('others name its pods and its header rule', () => {
  const { component } = traefik();
  expect(Traefik.peer('site2')).toEqual({ namespace: 'site2', podLabels: { 'app.kubernetes.io/name': 'traefik' } });
  expect(component.removeAuthHeaders.reference).toBe('admin-remove-auth-headers@kubernetescrd');
});

test('the first instance serves all routes without a class, a further one its own alone', () => {
  expect(traefik().args.filter((arg) => /ingressclass/i.test(arg))).toEqual([]);
  expect(traefik({ ingressClass: 'site2' }).args.filter((arg) => /ingressclass/i.test(arg))).toEqual([
    '--providers.kubernetesingress.ingressclass=site2',
    '--providers.kubernetescrd.ingressclass=site2',
  ]);
});
