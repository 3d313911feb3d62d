import * as semver from 'semver';

/** The pinned version of each program; go.mod, or requirements.txt, in tools/<module> pins what it is made of. */
export const VERSIONS = {
  pulumi: '3.248.0',
  provider: '4.25.0',
  kubernetes: '1.33.4',
  etcd: '3.6.6',
  kwok: '0.7.0',
  helm: '3.18.6',
  prometheus: '0.301.0',
  alertmanager: '0.28.0',
  kubeScore: '1.20.0',
  checkov: '3.3.30',
  coredns: '1.13.1',
  kubeRouter: '2.10.0',
  /** That of the image which containerd 1.6 and Kubernetes 1.33 know; the program is our own. */
  pause: '3.10',
} as const;

/** Which versions found on the machine do as well as the pinned one. */
const FITTING = {
  pulumi: '>=3.248.0 <4',
  kubectl: '>=1.32.0 <1.35',
  helm: '>=3.18.0 <4',
} as const;

/** A program that is used as it is when the machine has a fitting one. */
export type Replaceable = keyof typeof FITTING;

export const REPLACEABLE = Object.keys(FITTING) as Replaceable[];

/** The version in what a program says about itself, if it fits. */
export function fittingVersion(name: Replaceable, said: string): string | undefined {
  const version = semver.parse(/v?(\d+\.\d+\.\d+\S*)/.exec(said)?.[1], { loose: true });
  // "1.32.4-dispatcher" and "3.18.6+g1" are released programs with a vendor's mark.
  return version && semver.satisfies(`${version.major}.${version.minor}.${version.patch}`, FITTING[name])
    ? version.version
    : undefined;
}
