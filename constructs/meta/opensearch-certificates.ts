import { type ContainerProps, type RuntimeSecret, Volume } from '../kube';
import type { KaapanaPlatform } from '../platform/kaapana-platform';

/** Properties of `certificateMaker`. */
export interface CertificateMakerProps {
  readonly platform: KaapanaPlatform;

  /** TLS certificate and key to sign with; keys `tls.crt` and `tls.key`. */
  readonly authority: RuntimeSecret;

  /** Where the certificates go. */
  readonly certificates: Volume;

  /** Where the server keeps its data, logs and snapshots. */
  readonly data: Volume;

  /** Number of the server's user. */
  readonly userId: number;
}

/** Files that the server needs. */
export const CERTIFICATES = [
  'root-ca.pem',
  'admin.pem',
  'admin-key.pem',
  'node1.pem',
  'node1-key.pem',
  'truststore.jks',
] as const;

const SCRIPT_DIR = '/certs';
const WORK_DIR = '/os';
const DATA = ['data', 'logs', 'snapshots'] as const;

/** The container that signs the certificates anew at each start, and hands all directories to the server's user. */
export function certificateMaker(props: CertificateMakerProps): ContainerProps {
  const { platform, certificates, data, userId } = props;
  const authority = Volume.secret('kaapana-cert', props.authority);
  const directories = ['data', 'logs', 'certs', 'snapshots'].map((name) => `${WORK_DIR}/${name}`);
  const steps = [
    `${SCRIPT_DIR}/generate-certificates.sh`,
    `cp -r ${SCRIPT_DIR}/* ${WORK_DIR}/certs`,
    `mkdir -p ${directories.join(' ')}`,
    `chown -R ${userId}:${userId} ${WORK_DIR}`,
  ];
  return {
    name: 'init-opensearch-certs',
    image: platform.images.ref('opensearch-certs'),
    command: ['sh', '-c', steps.join(' && ')],
    env: { JAVA_TOOL_OPTIONS: '-Xms128m -Xmx512m' },
    mounts: [
      ...DATA.map((subPath) => data.at(`${WORK_DIR}/${subPath}`, { subPath })),
      certificates.at(`${WORK_DIR}/certs`),
      authority.at(`${SCRIPT_DIR}/root-ca-key.pem`, { subPath: 'tls.key' }),
      authority.at(`${SCRIPT_DIR}/root-ca.pem`, { subPath: 'tls.crt' }),
    ],
    resources: { memoryRequest: '512Mi', memoryLimit: '1Gi' },
    security: { runAsUser: 0 },
    exceptions: { writableRoot: 'its script makes the certificates in /certs, among the files of the image' },
  };
}
