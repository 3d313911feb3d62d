import { LandingPage, type LandingPageProps } from '../../constructs/portal/landing-page';
import { pageSections } from '../../constructs/portal/landing-page-links';
import { chart, object, platform } from '../support';
import { endpoint } from './support';

function landingPage(props: Partial<LandingPageProps> = {}) {
  const scope = chart();
  const all: Required<LandingPageProps> = {
    platform: platform(),
    namespace: 'services',
    release: { name: 'kaapana-admin-chart', version: '0.6.0' },
    minio: endpoint(scope, 'minio-service.services', 9000),
  };
  const component = new LandingPage(scope, 'LandingPage', { ...all, ...props });
  const { data } = object(scope, 'ConfigMap', 'landing-page-config');
  return { scope, component, data, pod: object(scope, 'Deployment', 'landingpage').spec.template.spec };
}

test('it is the page of all paths that nobody else has', () => {
  const { scope, component } = landingPage();
  expect(component.web.url).toBe('http://landingpage-service.services.svc:5000');
  const { metadata, spec } = object(scope, 'Ingress', 'landingp-ing-ip-redirect');
  expect(spec.rules[0].http.paths[0]).toMatchObject({
    path: '/',
    backend: { service: { name: 'landingpage-service', port: { name: 'log-http-port' } } },
  });
  expect(metadata.annotations).toMatchObject({ 'traefik.ingress.kubernetes.io/preserve-host': 'true' });
});

test('it tells what is deployed', () => {
  const texts = JSON.parse(
    landingPage({ release: { name: 'clinic', version: '0.6.0-12-gabc' } }).data['commonData.json'],
  );
  expect(texts.version).toBe('clinic | Version: 0.6.0-12-gabc');
  expect(Object.keys(texts)).toEqual(['name', 'shortName', 'infoText', 'version']);
});

test('it leads to pages in the words that its program reads', () => {
  const pages = JSON.parse(landingPage({ namespace: 'site2-services' }).data['defaultExternalWebpages.json']);
  expect(Object.keys(pages)).toEqual(['store', 'meta', 'system', 'experimental']);
  expect(pages.store.subSections.ohif).toEqual({ label: 'OHIF', endpoint: '/ohif', linkTo: '/ohif/' });
  expect(pages.store.subSections.persistence).toMatchObject({ endpoint: '/persistence/', linkTo: '/persistence/' });
  expect(pages.system.subSections.dashboard.linkTo).toBe('/kubernetes/#/pod?namespace=site2-services');
});

test('each page is below the route that has to exist for it', () => {
  const links = Object.values(pageSections('services')).flatMap(({ pages }) => Object.values(pages));
  expect(links.length).toBeGreaterThan(15);
  for (const { route, path } of links) expect(path ?? route).toMatch(new RegExp(`^${route}`));
});

test('it shows files of the object store, so it waits for that', () => {
  const { scope, pod } = landingPage();
  expect(pod.initContainers[0].env).toEqual([{ name: 'WAIT', value: 'minio-service' }]);
  expect(pod.securityContext).toMatchObject({ runAsUser: 1000, runAsNonRoot: true });
  expect(pod.containers[0].livenessProbe.httpGet.path).toBe('/');
  expect(object(scope, 'NetworkPolicy', 'minio-service-9000-ingress').spec.ingress).toHaveLength(1);
});
