import { yaml } from '../kube/yaml';

/** Directory of OpenSearch's configuration in its container. */
export const CONFIG_DIR = '/usr/share/opensearch/config';

/** Directory that indices may be backed up to. */
export const SNAPSHOT_DIR = '/usr/share/opensearch/snapshots';

/** Whom the image's script makes certificates for. */
const SUBJECT = 'OU=UNIT,O=ORG,L=TORONTO,ST=ONTARIO,C=CA';
const NODE = { pemcert_filepath: 'node1.pem', pemkey_filepath: 'node1-key.pem', pemtrustedcas_filepath: 'root-ca.pem' };

/** Files of OpenSearch and its security plugin by the path below `CONFIG_DIR` that each belongs at. */
export function configurationFiles(realm: string): Readonly<Record<string, string>> {
  return {
    'opensearch.yml': yaml(server()),
    'opensearch-security/config.yml': yaml(authentication(realm)),
    'opensearch-security/internal_users.yml': yaml({ _meta: { type: 'internalusers', config_version: 2 } }),
  };
}

/** TLS on both ports; who has the certificate of the administrator may set up the security plugin. */
function server(): object {
  return {
    'path.repo': [SNAPSHOT_DIR],
    'plugins.security': {
      authcz: { admin_dn: [`CN=A,${SUBJECT}`] },
      nodes_dn: [`CN=node1.dns.a-record,${SUBJECT}`],
      ssl: { transport: { ...NODE, enforce_hostname_verification: false }, http: { ...NODE, enabled: true } },
      restapi: { roles_enabled: ['admin', 'all_access'], admin: { enabled: true } },
    },
  };
}

/** Who is asked about a request: first the users of OpenSearch itself, then the identity provider. */
function authentication(realm: string): object {
  const basic = {
    description: 'Users of OpenSearch itself',
    http_enabled: true,
    transport_enabled: true,
    order: 0,
    http_authenticator: { type: 'basic', challenge: false },
    authentication_backend: { type: 'intern' },
  };
  const openid = {
    description: 'Users of the platform, by their token',
    http_enabled: true,
    transport_enabled: true,
    order: 1,
    http_authenticator: {
      type: 'openid',
      challenge: false,
      config: {
        openid_connect_url: realm,
        openid_connect_idp: {
          enable_ssl: true,
          verify_hostnames: false,
          pemtrustedcas_filepath: `${CONFIG_DIR}/root-ca.pem`,
        },
        subject_key: 'preferred_username',
        roles_key: 'opensearch',
      },
    },
    authentication_backend: { type: 'noop' },
  };
  return {
    _meta: { type: 'config', config_version: 2 },
    config: {
      dynamic: {
        do_not_fail_on_forbidden: true,
        authc: { basic_internal_auth_domain: basic, openid_auth_domain: openid },
      },
    },
  };
}
