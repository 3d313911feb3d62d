import { createContext, runInContext } from 'node:vm';
import { DicomWebFilter } from '../../constructs/store/dicom-web-filter';
import { OhifIframe } from '../../constructs/store/ohif-iframe';
import { OhifV2 } from '../../constructs/store/ohif-v2';
import { chart, object, objects, platform } from '../support';

const PROPS = { platform: platform(), namespace: 'services' };
const VIEWERS = [
  { name: 'ohif-v2', Viewer: OhifV2, route: 'ohif-ingress-ip-v2', port: 'ohif-port-v2', host: 'ohif-service-v2' },
  {
    name: 'ohif-iframe',
    Viewer: OhifIframe,
    route: 'ohif-ingress-ip-iframe',
    port: 'ohif-p-iframe',
    host: 'ohif-service-iframe',
  },
] as const;

describe.each(VIEWERS)('$name', ({ name, Viewer, route, port, host }) => {
  const scope = chart();
  const component = new Viewer(scope, 'Viewer', PROPS);
  const pod = object(scope, 'Deployment', name).spec.template.spec;

  test('the reverse proxy alone reaches its pages', () => {
    expect(object(scope, 'Ingress', route).spec.rules[0].http.paths[0]).toMatchObject({
      path: `/${name}`,
      backend: { service: { name: host, port: { name: port } } },
    });
    expect(object(scope, 'NetworkPolicy', `${name}-ingress`).spec.ingress).toHaveLength(1);
    expect(component.web.url).toBe(`http://${host}.services.svc`);
  });

  test('it writes to two directories alone', () => {
    expect(pod.containers[0].securityContext).toMatchObject({
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
    });
    expect(pod.containers[0].volumeMounts).toEqual(
      expect.arrayContaining([
        { name: 'cache', mountPath: '/var/cache/nginx' },
        { name: 'tmp', mountPath: '/var/run' },
      ]),
    );
    expect(object(scope, 'Deployment', name).spec.strategy.type).toBe('RollingUpdate');
  });
});

test('version 2 has the settings of its image', () => {
  const scope = chart();
  new OhifV2(scope, 'Viewer', PROPS);
  expect(objects(scope).filter(({ kind }) => kind === 'ConfigMap')).toEqual([]);
  expect(object(scope, 'Deployment', 'ohif-v2').spec.template.spec.containers[0].image).toBe(
    'registry.example.org/kaapana/ohif-v2:0.6.0',
  );
});

test('the one for frames shows the images that users may see, and nothing around them', () => {
  const scope = chart();
  new OhifIframe(scope, 'Viewer', PROPS);
  const window: { location: object; config?: Record<string, unknown> } = {
    location: { origin: 'https://pacs.example.org', search: '' },
  };
  runInContext(
    object(scope, 'ConfigMap', 'ohif-iframe-settings').data['app-config.js'],
    createContext({ window, URLSearchParams }),
  );
  expect(window.config).toMatchObject({
    routerBasename: '/ohif-iframe/',
    showHeader: false,
    dataSources: [{ configuration: { qidoRoot: `https://pacs.example.org${DicomWebFilter.path}` } }],
  });
  const [{ volumeMounts }] = object(scope, 'Deployment', 'ohif-iframe').spec.template.spec.containers;
  expect(volumeMounts).toContainEqual({
    name: 'settings',
    mountPath: '/usr/share/nginx/html/ohif-iframe/app-config.js',
    subPath: 'app-config.js',
    readOnly: true,
  });
});
