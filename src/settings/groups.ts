import { z } from 'zod';
import { dnsLabel, host, path, port, secret, text } from './fields';

/** Who an instance and its components log in as. */
export const credentials = z.strictObject({
  keycloakAdminUsername: text.default('admin').describe('Administrator of Keycloak'),
  keycloakAdminPassword: secret.describe('Password of the administrator of Keycloak'),
  minioUsername: text.min(3, 'is shorter than MinIO allows: 3 characters').default('kaapanaminio').describe('Root account of the object store'),
  minioPassword: secret.describe('Password of the root account of the object store, 8 characters or more'),
  grafanaUsername: text.default('admin').describe('Administrator of Grafana'),
  grafanaPassword: secret.describe('Password of the administrator of Grafana'),
  initPassword: secret.describe('First password of the user kaapana'),
  oidcClientSecret: secret.describe('Secret of the client kaapana at Keycloak'),
  rootSecret: secret.optional().describe('What passwords without a setting are derived from; oidcClientSecret where it is missing'),
  keycloakDatabasePassword: secret.optional().describe("Password of Keycloak's database; derived where it is missing"),
  cookieSecret: secret.optional().describe('Key of the session cookies, 32 bytes in base64; derived where it is missing'),
  systemUserPassword: secret.optional().describe('Password of the user system; derived where it is missing'),
  kubeHelmSecretKey: secret.optional().describe('Key that kube-helm signs with; derived where it is missing'),
}, 'is no mapping of keys to values');

/** Mail server. */
export const smtp = z.strictObject({
  host: host.describe('Mail server').meta({ examples: ['mail.example.org'] }),
  port: port.default(25).describe('Port of the mail server'),
  username: text.optional().describe('Account at the mail server').meta({ examples: ['kaapana'] }),
  password: secret.optional().describe('Password of the account'),
  sender: z.email('is no mail address').optional().describe('Address that mails come from').meta({ examples: ['kaapana@example.org'] }),
}, 'is no mapping of keys to values');

/** NFS export. */
export const nfs = z.strictObject({
  server: host.describe('NFS server, by a name or address that the nodes resolve').meta({ examples: ['nfs.example.org'] }),
  path: path.describe('Exported path').meta({ examples: ['/export/kaapana'] }),
  mountOptions: z.array(text, 'is no list').optional().describe('Mount options').meta({ examples: [['nfsvers=4.2']] }),
}, 'is no mapping of keys to values');

/** A project of the instance. */
export const project = z.strictObject({
  name: dnsLabel.describe('Name of the project; its namespace is project-<name>').meta({ examples: ['trial'] }),
  id: z.guid('is no UUID').optional().describe('Identity of the project').meta({ examples: ['00000000-0000-4000-8000-000000000001'] }),
}, 'is no mapping of keys to values');

/** An extension to install. */
export const extension = z.strictObject({
  name: text.describe('Name of the extension').meta({ examples: ['jupyterlab-chart'] }),
  as: dnsLabel.optional().describe('Name of this one, where it may be installed several times').meta({ examples: ['demo1'] }),
  project: dnsLabel.optional().describe('Project that it belongs to').meta({ examples: ['admin'] }),
  version: text.optional().describe("Version; the platform's where it is missing").meta({ examples: ['0.6.0'] }),
  parameters: z.record(z.string().regex(/^[\w.-]+$/), z.unknown(), 'is no mapping of keys to values').optional()
    .describe('Values of its parameters; those with password, secret or token in their name are secrets').meta({ examples: [{ display_name: 'desktop' }] }),
}, 'is no mapping of keys to values');

/** Rows of the seeds' chart tree that the release no longer ships; a chart's name has `-chart` at its end. */
export const retired = z.string('is no text').transform((name) => name.replace(/-chart$/, '')).pipe(z.enum(['nfs-server']));
