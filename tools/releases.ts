import { VERSIONS } from './versions';

/** A file that a publisher offers for download. */
export interface Release {
  readonly url: string;

  /** Its SHA-256, where this repository pins it. */
  readonly sha256?: string;

  /** Where its publisher tells the SHA-256; asked where none is pinned. */
  readonly checksums: string;

  /** Folder of the programs in it. @default - it is no archive but the program itself */
  readonly archived?: string;
}

/** Variable with the address of a mirror of the publishers' pages, or `none`. */
export const MIRROR_VARIABLE = 'KAAPANA_RELEASES';

/** Published checksums, as far as they were at hand when the versions were chosen: file -> SHA-256. */
const PINNED: Readonly<Record<string, string>> = {
  'etcd-v3.6.6-linux-amd64.tar.gz': '887afaa4a99f22d802ccdfbe65730a5e79aa5c9ce2c8799c67e9d804c50ecedb',
  'v1.33.4/bin/linux/amd64/kube-apiserver': 'd4cf921f007c75a446fc66cd9e73cf245ec049459989a71e3ef2e346ddceed2e',
  'v1.33.4/bin/linux/amd64/kube-controller-manager': '13d58af4feea90b014c5e931cccdbbeb90c6ba1d509172ff87f91f1fcec05a41',
  'v1.33.4/bin/linux/amd64/kube-scheduler': 'e9883a018508dc2e09a86dbd9bee100a5fbf5253b4db05f32d3f2f41c8e31cd4',
  'v1.33.4/bin/linux/amd64/kubectl': 'c2ba72c115d524b72aaee9aab8df8b876e1596889d2f3f27d68405262ce86ca1',
  'v1.33.4/bin/linux/arm64/kubectl': '76cd7a2aa59571519b68c3943521404cbce55dafb7d8866f8d0ea2995b396eef',
  'v1.33.4/bin/darwin/arm64/kubectl': 'a44662db083fdd1b19ce55ba77eb64d51206310bbae90df90eb5d9e30ea54603',
  'helm-v3.18.6-linux-amd64.tar.gz': '3f43c0aa57243852dd542493a0f54f1396c0bc8ec7296bbb2c01e802010819ce',
  'helm-v3.18.6-darwin-arm64.tar.gz': '48e30d236a1f334c6acb78501be5a851eaa2a267fefeb1131b6484eb2f9f30d7',
};

/** What the publisher of a program offers for a platform, as Node names it. */
export function releaseOf(name: string, platform: string, arch: string): Release | undefined {
  const cpu = { x64: 'amd64', arm64: 'arm64' }[arch];
  if (cpu === undefined || !['linux', 'darwin'].includes(platform)) return undefined;
  const release = published(name, platform, cpu);
  const pin = Object.keys(PINNED).find((file) => release?.url.endsWith(`/${file}`));
  return release && { ...release, sha256: pin && PINNED[pin] };
}

function published(name: string, system: string, cpu: string): Release | undefined {
  switch (name) {
    case 'etcd': {
      const folder = `etcd-v${VERSIONS.etcd}-${system}-${cpu}`;
      const page = github('etcd-io/etcd', VERSIONS.etcd);
      // For others than Linux it is a zip file.
      if (system !== 'linux') return undefined;
      return { url: `${page}/${folder}.tar.gz`, checksums: `${page}/SHA256SUMS`, archived: folder };
    }
    case 'kube-apiserver':
    case 'kube-controller-manager':
    case 'kube-scheduler':
    case 'kubectl': {
      if (system !== 'linux' && name !== 'kubectl') return undefined;
      const url = `https://dl.k8s.io/release/v${VERSIONS.kubernetes}/bin/${system}/${cpu}/${name}`;
      return { url, checksums: `${url}.sha256` };
    }
    case 'kwok':
    case 'kwokctl':
      // Published without checksums: GitHub tells them, of files that it got since it keeps them.
      return {
        url: `${github('kubernetes-sigs/kwok', VERSIONS.kwok)}/${name}-${system}-${cpu}`,
        checksums: `https://api.github.com/repos/kubernetes-sigs/kwok/releases/tags/v${VERSIONS.kwok}`,
      };
    case 'pulumi': {
      const page = 'https://get.pulumi.com/releases/sdk';
      const url = `${page}/pulumi-v${VERSIONS.pulumi}-${system}-${cpu === 'amd64' ? 'x64' : cpu}.tar.gz`;
      return { url, checksums: `${page}/pulumi-${VERSIONS.pulumi}-checksums.txt`, archived: 'pulumi' };
    }
    case 'pulumi-resource-kubernetes': {
      const page = github('pulumi/pulumi-kubernetes', VERSIONS.provider);
      const url = `${page}/${name}-v${VERSIONS.provider}-${system}-${cpu}.tar.gz`;
      return { url, checksums: `${page}/pulumi-kubernetes_${VERSIONS.provider}_checksums.txt`, archived: '.' };
    }
    case 'helm': {
      const url = `https://get.helm.sh/helm-v${VERSIONS.helm}-${system}-${cpu}.tar.gz`;
      return { url, checksums: `${url}.sha256sum`, archived: `${system}-${cpu}` };
    }
    default:
      return undefined;
  }
}

function github(repository: string, version: string): string {
  return `https://github.com/${repository}/releases/download/v${version}`;
}

/**
 * The SHA-256 of a file in what its publisher says: the sum alone, lines of sha256sum, or GitHub's list of a release.
 */
export function checksumOf(file: string, said: string): string | undefined {
  const listed = said.startsWith('{') ? digestOf(file, said) : lineOf(file, said);
  return /^[0-9a-f]{64}$/.exec(listed ?? '')?.[0];
}

function lineOf(file: string, said: string): string | undefined {
  const lines = said.split('\n').map((line) => line.trim().split(/\s+[*]?/));
  const [[alone, more] = []] = lines;
  return more === undefined ? alone : lines.find(([, name]) => name === file)?.[0];
}

function digestOf(file: string, said: string): string | undefined {
  try {
    const { assets } = JSON.parse(said) as { assets?: { name: string; digest?: string | null }[] };
    return assets?.find(({ name }) => name === file)?.digest?.replace(/^sha256:/, '');
  } catch {
    return undefined;
  }
}
