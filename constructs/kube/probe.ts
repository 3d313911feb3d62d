import { k8s } from 'cdk8s-plus-27';

/**
 * A probe by a request to `path` at a container port, by name or number. `scheme` is Kubernetes' own, HTTP, unless
 * given.
 */
export function httpProbe(path: string, port: string | number, scheme?: 'HTTP' | 'HTTPS'): k8s.Probe {
  const target = typeof port === 'number' ? k8s.IntOrString.fromNumber(port) : k8s.IntOrString.fromString(port);
  return { httpGet: { path, port: target, scheme } };
}
