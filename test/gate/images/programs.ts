import type { Tool } from '../../../tools/tools';
import { VERSIONS } from '../../../tools/versions';

const MODULES = 'test/gate/images/modules';
const LEGO = 'github.com/go-acme/lego/v4';
const COMMON_VERSION = 'github.com/prometheus/common/version.Version';

/**
 * Traefik orders certificates from 150 DNS providers, whose clients are half of what is compiled. Nothing here orders
 * one: they are left out.
 */
const TRAEFIK_TRIMMED: Tool['staged'] = {
  trimmed: {
    module: LEGO,
    dirs: [
      '.',
      'acme',
      'acme/api',
      'acme/api/internal/nonces',
      'acme/api/internal/secure',
      'acme/api/internal/sender',
      'certcrypto',
      'certificate',
      'challenge',
      'challenge/dns01',
      'challenge/http01',
      'challenge/resolver',
      'challenge/tlsalpn01',
      'lego',
      'log',
      'platform/config/env',
      'platform/wait',
      'providers/dns',
      'registration',
    ],
    replacements: {
      [`^\\t"${LEGO}/providers/dns/.*"\\n`]: '',
      '^\\tcase .*:\\n\\t\\treturn (?!dns01\\.)\\w+\\.NewDNSProvider\\(\\)\\n': '',
    },
  },
};

/** Go programs of images, each near the version that Kaapana 0.6.0 uses; the toolchain builds none of them. */
export const PROGRAMS = {
  traefik: program('traefik', '3.5.3', 'github.com/traefik/traefik/v3/cmd/traefik', {
    variables: { 'github.com/traefik/traefik/v3/pkg/version.Version': '3.5.3' },
    staged: TRAEFIK_TRIMMED,
  }),
  'oauth2-proxy': program('oauth2-proxy', '7.15.6', 'github.com/oauth2-proxy/oauth2-proxy/v7', {
    variables: { 'github.com/oauth2-proxy/oauth2-proxy/v7/pkg/version.VERSION': 'v7.15.6' },
  }),
  opa: program('opa', '0.70.0', 'github.com/open-policy-agent/opa', { module: 'open-policy-agent' }),
  'node-exporter': program('node-exporter', '1.8.2', 'github.com/prometheus/node_exporter', {
    variables: { [COMMON_VERSION]: '1.8.2' },
  }),
  'statsd-exporter': program('statsd-exporter', '0.28.0', 'github.com/prometheus/statsd_exporter', {
    variables: { [COMMON_VERSION]: '0.28.0' },
  }),
  'kube-state-metrics': program('kube-state-metrics', '2.15.0', 'k8s.io/kube-state-metrics/v2', {
    variables: { [COMMON_VERSION]: 'v2.15.0' },
  }),
  prometheus: program('prometheus', VERSIONS.prometheus, 'github.com/prometheus/prometheus/cmd/prometheus', {
    modules: 'tools',
    variables: { [COMMON_VERSION]: VERSIONS.prometheus },
  }),
  alertmanager: program('alertmanager', VERSIONS.alertmanager, 'github.com/prometheus/alertmanager/cmd/alertmanager', {
    modules: 'tools',
    variables: { [COMMON_VERSION]: VERSIONS.alertmanager },
  }),
  loki: loki('loki'),
  promtail: loki('promtail'),
} as const satisfies Readonly<Record<string, Tool>>;

/** The name of a Go program of images. */
export type ProgramName = keyof typeof PROGRAMS;

function program(name: string, version: string, goPackage: string, more: Partial<Tool> = {}): Tool {
  return { name, version, modules: MODULES, module: name, package: goPackage, ...more };
}

function loki(name: string): Tool {
  return program(name, '1.6.1', `github.com/grafana/loki/cmd/${name}`, {
    module: 'loki',
    variables: { 'github.com/grafana/loki/pkg/build.Version': '1.6.1' },
  });
}
