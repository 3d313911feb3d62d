import { checksumOf, releaseOf } from '../../tools/releases';
import { DEPLOYING_PROGRAMS } from '../../tools/toolchain';

const SUM = 'a'.repeat(64);
const OTHER = 'b'.repeat(64);

test.each([
  ['the sum alone', `${SUM}\n`],
  ['a line of sha256sum', `${SUM}  tool.tar.gz\n`],
  ['lines of sha256sum', `${OTHER}  other.tar.gz\n${SUM}  tool.tar.gz\n`],
  ['lines of sha256sum for binary files', `${OTHER} *other.tar.gz\n${SUM} *tool.tar.gz\n`],
  [
    'the release as GitHub lists it',
    JSON.stringify({
      assets: [
        { name: 'other', digest: `sha256:${OTHER}` },
        { name: 'tool.tar.gz', uploader: { id: 1 }, digest: `sha256:${SUM}` },
      ],
    }),
  ],
])('a checksum is read from %s', (_what, said) => {
  expect(checksumOf('tool.tar.gz', said)).toBe(SUM);
});

test.each([
  ['of another file', `${SUM}  tool.tar.gz.sig\n${OTHER}  other\n`],
  ['of a release that GitHub keeps no digests of', JSON.stringify({ assets: [{ name: 'tool.tar.gz', digest: null }] })],
  ['that is cut off', '{"assets": [{"name": "tool.tar.gz"'],
  ['of another kind', `${'a'.repeat(128)}  tool.tar.gz\n`],
  ['that is a page of a proxy', '<html><body>Please log in</body></html>'],
  ['that is empty', ''],
])('none is read from a text %s', (_what, said) => {
  expect(checksumOf('tool.tar.gz', said)).toBeUndefined();
});

test('everything that deploying takes is offered for Linux, over HTTPS', () => {
  for (const name of DEPLOYING_PROGRAMS.filter((program) => program !== 'pulumi-language-nodejs')) {
    for (const arch of ['x64', 'arm64']) {
      const release = releaseOf(name, 'linux', arch);
      expect(release?.url).toMatch(/^https:\/\//);
      expect(release?.checksums).toMatch(/^https:\/\//);
    }
  }
});

test('what is pinned here is what is asked for', () => {
  const pinned = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubectl', 'helm'];
  for (const name of pinned) expect(releaseOf(name, 'linux', 'x64')?.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(releaseOf('pulumi', 'linux', 'x64')?.sha256).toBeUndefined();
});

test('for other platforms some are, and some are built', () => {
  expect(releaseOf('pulumi', 'darwin', 'arm64')?.url).toMatch(/pulumi-v[\d.]+-darwin-arm64\.tar\.gz$/);
  expect(releaseOf('kube-apiserver', 'darwin', 'arm64')).toBeUndefined();
  expect(releaseOf('kubectl', 'sunos', 'x64')).toBeUndefined();
  expect(releaseOf('kubectl', 'linux', 's390x')).toBeUndefined();
  expect(releaseOf('kube-score', 'linux', 'x64')).toBeUndefined();
});
