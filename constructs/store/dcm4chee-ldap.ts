import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type DataVolume, type Endpoint, InitialCredential, Volume, Workload } from '../kube';
import type { ComponentProps } from '../platform/component-props';
import type { Origin } from '../platform/origin';
import { HIGH_PRIORITY } from '../platform/priority';
import { ldif } from './ldif';

/** Properties of `Dcm4cheeLdap`. */
export interface Dcm4cheeLdapProps extends ComponentProps {
  /** Host and port that users reach the platform at. */
  readonly origin: Origin;

  /** Application entity title of the archive. */
  readonly aeTitle: string;

  /** Where the archive keeps its files, in its container. */
  readonly storageDir: string;

  /** Where the directory keeps its data. */
  readonly data: DataVolume;

  /** Path that the web viewer shows a study at; `{{studyUID}}` stands for it. */
  readonly viewer: { readonly home: string; readonly study: string };

  /** Password of its administrator. It is set once, when the directory is created. */
  readonly password: string;
}

const NAME = 'ldap';
const PORT = 389;
const DEVICE = 'kaapana';
const DEVICE_DN = `dicomDeviceName=${DEVICE},cn=Devices,cn=DICOM Configuration,dc=dcm4che,dc=org`;
const IMPORT_DIR = '/import';
const IMPORT_FILE = 'dcm4che-iid.ldif';
const JPEG_LS_LOSSLESS = '1.2.840.10008.1.2.4.80';

/** The directory that the archive has its configuration in (dcm4chee-chart, Kaapana 0.6.0). */
export class Dcm4cheeLdap extends Construct {
  public readonly endpoint: Endpoint;

  /** Its administrator; key `password`. */
  public readonly admin: kplus.ISecret;

  constructor(scope: Construct, id: string, props: Dcm4cheeLdapProps) {
    super(scope, id);
    const { platform, namespace } = props;

    const admin = new kplus.Secret(this, 'Admin', {
      metadata: { name: 'ldap-admin', namespace },
      stringData: { password: props.password },
    });
    new InitialCredential(this, 'Initial', {
      secret: admin,
      keys: ['password'],
      data: props.data,
      changedBy: 'ldapmodify of olcRootPW',
    });
    const files = new kplus.ConfigMap(this, 'Configuration', {
      metadata: { name: 'dcm4che-iid-config', namespace },
      data: { [IMPORT_FILE]: ldif(configuration(props)) },
    });
    const data = Volume.claim('dcm4che-volume', props.data);
    const server = new Workload(this, 'Server', {
      platform,
      namespace,
      name: NAME,
      priorityClass: HIGH_PRIORITY,
      nodeSelector: platform.storageNode,
      container: {
        name: 'ldap-container',
        image: platform.images.ref('dcm4chee-ldap'),
        env: {
          ARCHIVE_HOST: props.origin.domain,
          TZ: 'Europe/Paris',
          ARCHIVE_DEVICE_NAME: DEVICE,
          AE_TITLE: props.aeTitle,
          DICOM_PORT: '11112',
          HL7_PORT: '2575',
          STORAGE_DIR: props.storageDir,
          IMPORT_LDIF: `${IMPORT_DIR}/${IMPORT_FILE}`,
          LDAP_ROOTPASS: admin.envValue('password'),
          LDAP_CONFIGPASS: admin.envValue('password'),
        },
        ports: { ldap: PORT },
        mounts: [
          data.at('/var/lib/openldap/openldap-data', { subPath: 'ldap' }),
          data.at('/etc/openldap/slapd.d', { subPath: 'slapd.d' }),
          Volume.configMap('ldif', files).at(IMPORT_DIR),
        ],
        resources: { memoryRequest: '20Mi', memoryLimit: '30Mi' },
        exceptions: {
          writableRoot: 'its entrypoint changes files of its configuration, and its server writes to /run',
        },
      },
    });

    this.admin = admin;
    this.endpoint = server
      .expose('Service', { name: 'ldap-service', ports: { 'ldap-port': PORT } })
      .endpoint('ldap-port', { scheme: 'ldap' });
  }
}

/** What differs from the archive's own defaults. The directory takes it when it is created. */
function configuration({ aeTitle, origin, viewer }: Dcm4cheeLdapProps): Parameters<typeof ldif>[0] {
  return [
    {
      dn: `dcmWebAppName=${aeTitle},${DEVICE_DN}`,
      add: { dcmProperty: [`IID_PATIENT_URL=${viewer.home}`, `IID_STUDY_URL=${viewer.study}`, 'IID_URL_TARGET=_self'] },
    },
    {
      dn: `cn=JPEG LS Lossless,${DEVICE_DN}`,
      attributes: {
        objectClass: ['dcmArchiveCompressionRule'],
        cn: ['JPEG LS Lossless'],
        dicomTransferSyntax: [JPEG_LS_LOSSLESS],
        dcmImageWriteParam: ['maxPixelValueError=0.0'],
        dcmProperty: ['Modality=MR|CT'],
      },
    },
    {
      dn: DEVICE_DN,
      replace: {
        dcmRemapRetrieveURL: [`https://${origin.domain}:${origin.httpsPort}`],
        // 0: as many as there are.
        dcmQidoMaxNumberOfResults: ['0'],
      },
    },
  ];
}
