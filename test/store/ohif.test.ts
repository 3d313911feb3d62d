import { createContext, runInContext } from 'node:vm';
import { externalAddress } from '../../constructs/kube';
import { DicomWebFilter } from '../../constructs/store/dicom-web-filter';
import { Ohif, type OhifProps } from '../../constructs/store/ohif';
import { chart, object, platform } from '../support';

function ohif(props: Partial<OhifProps> = {}) {
  const scope = chart();
  const component = new Ohif(scope, 'Ohif', { platform: platform(), namespace: 'services', ...props });
  return { scope, component, pod: object(scope, 'Deployment', 'ohif').spec.template.spec };
}

/** What the viewer reads when a page at `address` loads its settings. */
function settingsAt(address: string) {
  const { origin, search } = new URL(address);
  const window: { location: object; config?: Record<string, never> } = { location: { origin, search } };
  runInContext(
    object(ohif().scope, 'ConfigMap', 'ohif-settings').data['app-config.js'],
    createContext({ window, URLSearchParams }),
  );
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- whatever the script sets
  return window.config as any;
}

test('it shows the images of the host that the page comes from', () => {
  const { dataSources, routerBasename, defaultDataSourceName } = settingsAt(
    'https://pacs.example.org:8443/ohif/viewer?StudyInstanceUIDs=1.2',
  );
  const [{ sourceName, configuration }] = dataSources;
  expect(configuration).toMatchObject({
    qidoRoot: `https://pacs.example.org:8443${DicomWebFilter.path}`,
    wadoRoot: `https://pacs.example.org:8443${DicomWebFilter.path}`,
  });
  expect(sourceName).toBe(defaultDataSourceName);
  expect(routerBasename).toBe(`${Ohif.paths.home}/`);
});

test('in a frame of another page it shows the images alone', () => {
  const shown = (search: string) => settingsAt(`https://kaapana.example.org/ohif/viewer${search}`).showHeader;
  expect(shown('')).toBe(true);
  expect(shown('?mode=iframe')).toBe(false);
  expect(shown('?mode=toString')).toBe(true);
});

test('it shows no logo', () => {
  const { createLogoComponentFn } = settingsAt('https://kaapana.example.org/ohif/').whiteLabeling;
  expect(createLogoComponentFn({ Fragment: 'fragment', createElement: (type: string) => `<${type}>` })).toBe(
    '<fragment>',
  );
});

test('its settings stand in place of those of the image', () => {
  const { pod } = ohif();
  expect(pod.containers[0].volumeMounts).toContainEqual({
    name: 'settings',
    mountPath: '/usr/share/nginx/html/ohif/app-config.js',
    subPath: 'app-config.js',
    readOnly: true,
  });
  expect(pod.containers[0].securityContext).toMatchObject({
    readOnlyRootFilesystem: true,
    allowPrivilegeEscalation: false,
  });
  expect(pod.volumes).toContainEqual(
    expect.objectContaining({ configMap: expect.objectContaining({ name: 'ohif-settings' }) }),
  );
});

test('the reverse proxy alone reaches its pages', () => {
  const { scope, component } = ohif();
  expect(object(scope, 'Ingress', 'ohif-ingress-ip').spec.rules[0].http.paths[0].path).toBe('/ohif');
  expect(object(scope, 'NetworkPolicy', 'ohif-ingress').spec.ingress).toHaveLength(1);
  expect(component.web.url).toBe('http://ohif-service.services.svc');
});

test('with a way out of the cluster it reads the proxy', () => {
  const proxy = externalAddress('http://proxy.example.org:8118');
  expect(ohif({ egress: { proxy, domain: 'x' } }).pod.containers[0].env).toContainEqual({
    name: 'http_proxy',
    value: proxy.url,
  });
  expect(ohif().pod.containers[0].env).toEqual([]);
});
