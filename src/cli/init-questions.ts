import { totalmem, hostname } from 'node:os';
import type { z } from 'zod';
import { fieldAt, metaOf, pathOf } from '../settings/shape';
import { apiServerAddress, freePort } from './init-proposals';

/** Answers by the path of their setting, e.g. `smtp.host`. */
export type Answers = Readonly<Record<string, string | boolean>>;

/** One question of `kaapana init`. Its text, its kind and what is a right answer are the schema's. */
export interface Question {
  /** Path of the setting. */
  readonly key: string;

  /** Its option, without the dashes; that of a secret names a file. */
  readonly flag: string;

  /** Whether it has to be answered, where it is asked. @default false */
  readonly required?: boolean;

  /** What follows upon its words. @default - nothing */
  readonly why?: string;

  /**
   * What is taken without an answer; only proposed where an answer is required. @default - the schema's default, if any
   */
  readonly proposal?: (answers: Answers) => string | boolean | undefined;

  /** Whether it makes sense after the answers so far. @default - always */
  readonly when?: (answers: Answers) => boolean;

  /** Settings that an answer can be wrong for. @default - its own */
  readonly concerns?: readonly string[];
}

const further = ({ serverStack }: Answers): boolean => serverStack !== undefined;
const ports = ({ httpPort, httpsPort, dicomPort }: Answers): readonly unknown[] => [httpPort, httpsPort, dicomPort];
const stored =
  (...providers: readonly string[]) =>
  ({ storageProvider }: Answers): boolean =>
    providers.includes(String(storageProvider));
const mailed = (answers: Answers): boolean => answers['smtp.host'] !== undefined;

/** In the order in which they are asked. */
export const QUESTIONS: readonly Question[] = [
  { key: 'serverStack', flag: 'server-stack' },
  { key: 'instanceUid', flag: 'instance-uid', required: true, when: further },
  {
    key: 'domain',
    flag: 'domain',
    required: true,
    proposal: () => (hostname().includes('.') ? hostname().toLowerCase() : undefined),
  },
  { key: 'httpPort', flag: 'http-port', proposal: (answers) => (further(answers) ? '0' : undefined) },
  {
    key: 'httpsPort',
    flag: 'https-port',
    proposal: (answers) => (further(answers) ? freePort(8443, ports(answers)) : undefined),
  },
  {
    key: 'dicomPort',
    flag: 'dicom-port',
    proposal: (answers) => (further(answers) ? freePort(11113, ports(answers)) : undefined),
  },
  { key: 'containerRegistryUrl', flag: 'registry', required: true },
  { key: 'containerRegistryUsername', flag: 'registry-username' },
  {
    key: 'containerRegistryPassword',
    flag: 'registry-password-file',
    required: true,
    when: ({ containerRegistryUsername: account }) => account !== undefined,
  },
  { key: 'platformVersion', flag: 'platform-version' },
  { key: 'devMode', flag: 'dev-mode', proposal: () => false },
  { key: 'distribution', flag: 'distribution' },
  { key: 'kubeconfig', flag: 'kubeconfig' },
  {
    key: 'apiServerIp',
    flag: 'api-server-ip',
    why: 'which network policies need',
    proposal: ({ kubeconfig }) => apiServerAddress(kubeconfig === undefined ? undefined : String(kubeconfig)),
  },
  { key: 'gpuSupport', flag: 'gpu' },
  // Right only together with the chart that is asked for next.
  { key: 'offlineMode', flag: 'offline', concerns: [] },
  {
    key: 'chartPath',
    flag: 'chart-path',
    when: ({ offlineMode }) => offlineMode === true,
    concerns: ['chartPath', 'offlineMode'],
  },
  { key: 'storageProvider', flag: 'storage-provider', proposal: () => 'hostpath' },
  { key: 'fastDataDir', flag: 'fast-data-dir', when: stored('hostpath') },
  { key: 'slowDataDir', flag: 'slow-data-dir', when: stored('hostpath') },
  { key: 'nfs.server', flag: 'nfs-server', required: true, when: stored('nfs') },
  { key: 'nfs.path', flag: 'nfs-path', required: true, when: stored('nfs') },
  { key: 'mainNodeName', flag: 'main-node', required: true, when: stored('longhorn') },
  { key: 'replicaCount', flag: 'replicas', when: stored('longhorn') },
  { key: 'storageClasses.fast', flag: 'storage-class', required: true, when: stored('class') },
  { key: 'volumeSlowData', flag: 'volume-size', required: true, when: stored('longhorn', 'class') },
  { key: 'totalMemory', flag: 'memory', required: true, proposal: () => `${Math.floor(totalmem() / 2 ** 30)}Gi` },
  { key: 'smtp.host', flag: 'smtp-host' },
  { key: 'smtp.port', flag: 'smtp-port', when: mailed },
  { key: 'smtp.sender', flag: 'smtp-sender', when: mailed },
  { key: 'smtp.username', flag: 'smtp-username', when: mailed },
  {
    key: 'smtp.password',
    flag: 'smtp-password-file',
    required: true,
    when: (answers) => answers['smtp.username'] !== undefined,
  },
];

/** What the schema says of the setting that is asked for. */
export function fieldOf({ key }: Question): z.ZodType {
  const field = fieldAt(pathOf(key));
  if (field === undefined) throw new Error(`there is no setting "${key}"`);
  return field;
}

/** What is asked for, in a few words. */
export function wordingOf(question: Question): string {
  const words = (fieldOf(question).description ?? '').replace(/;.*$| if not set/g, '');
  return question.why === undefined ? words : `${words}, ${question.why}`;
}

/** Whether the answer is one that no file and no screen shows. */
export function isSecret(question: Question): boolean {
  return metaOf(fieldOf(question)).secret;
}

/** Whether it is answered by yes or no. */
export function isYesNo(question: Question): boolean {
  return typeof fieldOf(question).safeParse(undefined).data === 'boolean';
}

/** What is taken, or proposed, without an answer. */
export function proposalFor(question: Question, answers: Answers): string | boolean | undefined {
  const proposal = question.proposal?.(answers) ?? fieldOf(question).safeParse(undefined).data;
  return typeof proposal === 'boolean' || proposal === undefined ? proposal : String(proposal) || undefined;
}
