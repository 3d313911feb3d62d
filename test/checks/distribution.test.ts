import { distributionFindings, distributionWarnings } from '../../src/checks/distribution';
import { buildPlatform } from '../../src/environment/tree';
import type { Manifest } from '../../src/objects/manifest';
import { printed } from '../findings/support';
import { problems, settings } from '../settings/support';

type Keys = Readonly<Record<string, unknown>>;

/** What these settings lead to. */
function platform(keys: Keys) {
  const given = settings(keys);
  const { graph } = buildPlatform(given, 'test');
  return {
    given,
    graph,
    warnings: printed(distributionWarnings(graph, given)),
    problems: printed(distributionFindings(graph, given)),
  };
}

describe.each([
  {
    distribution: 'microk8s',
    kubelet: 'var/snap/microk8s/common/var/lib/kubelet',
    socket: '/var/snap/microk8s/common/run/containerd.sock',
    provisioner: 'microk8s.io/hostpath',
    services: '10.152.183',
    pods: '10.1.0.0/16',
    ports: [],
  },
  {
    distribution: 'k3s',
    kubelet: 'var/lib/kubelet',
    socket: '/run/k3s/containerd/containerd.sock',
    provisioner: 'rancher.io/local-path',
    services: '10.43.0',
    pods: '10.42.0.0/16',
    ports: ['30000-32767 by default'],
  },
  {
    distribution: 'kubeadm',
    kubelet: 'var/lib/kubelet',
    socket: '/run/containerd/containerd.sock',
    provisioner: 'kubernetes.io/no-provisioner',
    services: '10.96.0',
    pods: '10.244.0.0/16',
    ports: ['30000-32767 by default'],
  },
  {
    distribution: 'embedded',
    kubelet: 'var/lib/kubelet',
    socket: '/run/containerd/containerd.sock',
    provisioner: 'kubernetes.io/no-provisioner',
    services: '10.152.183',
    pods: '10.1.0.0/16',
    ports: [],
  },
])('on $distribution', ({ distribution, kubelet, socket, provisioner, services, pods, ports }) => {
  const { graph, warnings } = platform({ distribution, components: ['nfs-server'] });
  /* eslint-disable-next-line @typescript-eslint/no-explicit-any -- any object is looked into */
  const object = (id: string): any => graph.byId.get(id)?.manifest as Manifest;

  test('what looks at the file systems of the node leaves out those of its pods', () => {
    expect(object('DaemonSet/services/node-exporter').spec.template.spec.containers[0].args).toContainEqual(
      expect.stringContaining(`ignored-mount-points=^/(dev|proc|sys|var/lib/docker/.+|${kubelet}/pods/.+)($|/)`),
    );
  });

  test('images are handed to its containerd', () => {
    expect(object('Deployment/admin/kube-helm-deployment').spec.template.spec.volumes).toContainEqual({
      name: 'containerd-socket',
      hostPath: { path: socket, type: 'Socket' },
    });
  });

  test('its own provisioner makes volumes', () => {
    expect(object('StorageClass//kaapana-hostpath-fast-data-dir').provisioner).toBe(provisioner);
  });

  test('its networks are inside', () => {
    const blocks = object('NetworkPolicy/services/restrict-egress').spec.egress.map(
      ({ to }: { to: { ipBlock: { cidr: string } }[] }) => to[0]?.ipBlock.cidr,
    );
    expect(blocks).toEqual([expect.stringMatching(`^${services.replaceAll('.', '\\.')}\\.0/\\d+$`), pods]);
    expect(object('Service/admin/nfs-service').spec.clusterIP).toBe(`${services}.15`);
  });

  test('a warning says which node ports it does not give out by itself', () => {
    expect(warnings).toEqual(
      ports.map(
        (range) =>
          `${distribution} gives out the node ports ${range}, and 80, 443, 11112 are wanted: start its API server with ` +
          '--service-node-port-range=80-32767, and set it here too: pulumi config set --stack test kaapana:nodePortRange 80-32767',
      ),
    );
  });
});

describe('node ports', () => {
  test('in the range that the server has been given are no problem', () => {
    expect(platform({ distribution: 'k3s', nodePortRange: '80-32767' })).toMatchObject({ warnings: [], problems: [] });
    expect(platform({ distribution: 'k3s', httpPort: 0, httpsPort: 30443, dicomPort: 31112 })).toMatchObject({
      warnings: [],
      problems: [],
    });
  });

  test('outside of it are refused, each with what wants it and the remedy', () => {
    expect(() =>
      platform({ distribution: 'k3s', nodePortRange: '30000-32767', httpPort: 0, dicomPort: 31112 }),
    ).toThrow(
      '1 problem:\n  - Service/admin/oauth2-proxy-service of server/OAuth2Proxy wants the node port 443/TCP, and the server gives out 30000-32767. Set it, e.g.: pulumi config set --stack test kaapana:httpsPort 32767',
    );
    expect(() => platform({ distribution: 'embedded', httpsPort: 40000 })).toThrow(
      /the node port 40000\/TCP, and the server gives out 80-32767\./,
    );
    expect(() => platform({ nodePortRange: '80-31000', extensions: [{ name: 'edk' }] })).toThrow(
      /^1 problem:\n.* wants the node port 32000\/TCP, and the server gives out 80-31000\. It can have no other\. Remove it: pulumi config rm --stack test --path 'kaapana:extensions\[0\]'$/,
    );
    const desktop = { name: 'mitk-workbench-chart', as: 'desk', parameters: { service_type: 'NodePort' } };
    expect(() => platform({ nodePortRange: '80-20000', extensions: [{ name: 'nnunet-workflow' }, desktop] })).toThrow(
      / wants the node port 22223\/TCP, and the server gives out 80-20000\. Set it, e\.g\.: pulumi config set --stack test --path 'kaapana:extensions\[1\]\.parameters\.service_type' ClusterIP$/,
    );
  });

  test('of programs of the nodes are refused by name, also those of other distributions’ own', () => {
    expect(settings({ distribution: 'kubeadm', dicomPort: 25000 }).dicomPort).toBe(25000);
    expect(problems({ distribution: 'k3s', dicomPort: 6444 })).toHaveLength(1);
    const { graph, given } = platform({ distribution: 'embedded' });
    const nodes = graph.nodes.map((node) =>
      node.id === 'Service/admin/traefik-http'
        ? { ...node, manifest: { ...node.manifest, spec: { ports: [{ port: 80, nodePort: 10250 }] } } }
        : node,
    );
    expect(printed(distributionFindings({ ...graph, nodes }, given))).toEqual([
      expect.stringMatching(
        /^Service\/admin\/traefik-http of server\/Traefik wants the port 10250\/TCP of every node, which is that of the kubelet there/,
      ),
    ]);
  });

  test('that no service has are free', () => {
    expect(platform({ distribution: 'embedded', httpPort: 0 }).problems).toEqual([]);
  });

  test.each(['80', '0-100', '100-80', '80-65536', 'all', '80-443-1'])('%j is no range', (nodePortRange) => {
    expect(problems({ nodePortRange })).toEqual([
      expect.objectContaining({
        key: 'nodePortRange',
        remedy: 'Set it, e.g.: pulumi config set --stack test kaapana:nodePortRange 80-32767',
      }),
    ]);
  });
});

test('networks without the DNS server are a warning', () => {
  expect(platform({ internalCidrs: ['10.1.0.0/16'] }).warnings).toEqual([
    'kaapana:internalCidrs leaves out 10.152.183.10, where microk8s has its DNS server by default: pods that cannot reach it resolve no names',
  ]);
  expect(platform({ internalCidrs: ['10.0.0.0/8', 'fd00::/8'] }).warnings).toEqual([]);
  expect(platform({ distribution: 'embedded', internalCidrs: ['192.0.2.0/24'] }).warnings).toEqual([]);
});
