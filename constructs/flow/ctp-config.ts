/** What CTP's configuration is made of. */
export interface CtpConfigProps {
  /** Ports of its pages, of DICOMweb and of DICOM. */
  readonly ports: { readonly status: number; readonly stow: number; readonly dicom: number };

  /** URL of the API that starts workflows. */
  readonly trigger: string;
}

/** An XML element. */
interface Element {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string | number>>;
  readonly children?: readonly Element[];
}

const INCOMING = '/data/incoming';
const STAGES = 'org.rsna.ctp.stdstages';

/** Workflow that takes a series, and tags that it reads the titles of receiver and sender from. */
const WORKFLOW = 'service-process-incoming-dcm';
const CALLED_TITLE_TAG = '00120020';
const CALLING_TITLE_TAG = '00120010';

/** `config.xml`: one pipeline for each way in, both to the same directory. */
export function ctpConfig({ ports, trigger }: CtpConfigProps): string {
  const dicom: Element = {
    name: 'DicomImportService',
    attributes: {
      name: 'DicomImportService',
      class: `${STAGES}.DicomImportService`,
      port: ports.dicom,
      ...directories('DicomImportService'),
      calledAETTag: CALLED_TITLE_TAG,
      callingAETTag: CALLING_TITLE_TAG,
      logConnections: 'rejected',
    },
  };
  const stow: Element = {
    name: 'HttpImportService',
    attributes: {
      name: 'DicomSTOWRSLocalImportService',
      id: 'DicomSTOWRSLocalImportService',
      class: `${STAGES}.DicomSTOWRSImportService`,
      port: ports.stow,
      ssl: 'no',
      requireAuthentication: 'no',
      ...directories('HttpImportService'),
      logConnections: 'no',
      logDuplicates: 'no',
    },
  };
  return xml({
    name: 'Configuration',
    children: [
      { name: 'Server', attributes: { port: ports.status, maxThreads: 12 } },
      pipeline('Pipeline', dicom, dagTrigger(trigger)),
      pipeline('DicomSTOWRSImportService', stow, dagTrigger(trigger, { fix_aetitle: 'DICOM_WEB' })),
    ],
  });
}

function pipeline(name: string, ...children: Element[]): Element {
  return { name: 'Pipeline', attributes: { name }, children };
}

/** Keeps each series in a directory of its own; starts the workflow when nothing was added for two looks. */
function dagTrigger(url: string, more: Element['attributes'] = {}): Element {
  return {
    name: 'KaapanaDagTrigger',
    attributes: {
      name: 'MetaExtraction',
      class: 'org.rsna.ctp.dkfz.KaapanaDagTrigger',
      airflowUrl: url,
      triggerurl: '/trigger',
      dagRunUrl: '/dags/%s/dagRuns/state/queued/count',
      dagnames: WORKFLOW,
      unchangedCounter: 2,
      root: INCOMING,
      quarantine: directories('KaapanaDagTrigger').quarantine,
      structure: '(0020,000E)',
      condition_tag: '0008103E',
      defaultString: '',
      whitespaceReplacement: '_',
      setStandardExtensions: 'yes',
      acceptDuplicates: 'yes',
      logDuplicates: 'no',
      debug_log: 'no',
      ...more,
    },
  };
}

function directories(stage: string): { root: string; quarantine: string } {
  return { root: `${INCOMING}/.roots/${stage}`, quarantine: `${INCOMING}/.quarantines/${stage}` };
}

function xml({ name, attributes = {}, children = [] }: Element, indent = ''): string {
  const inner = Object.entries(attributes)
    .map(([key, value]) => `\n${indent}    ${key}="${escaped(String(value))}"`)
    .join('');
  if (children.length === 0) return `${indent}<${name}${inner}/>\n`;
  return `${indent}<${name}${inner}>\n${children.map((child) => xml(child, `${indent}  `)).join('')}${indent}</${name}>\n`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}
