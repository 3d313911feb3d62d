import type { Image } from '../../../tools/images/oci';
import type { Maker } from './maker';
import { configuration } from './nginx';

const HTTP_PORT = 8080;
const ORTHANC_PORT = 8042;
const AE_TITLE = 'KAAPANA';
const BASE = '/dcm4chee-arc';

/**
 * Orthanc in the place of the archive: it takes images on the DICOM port, keeps them under /storage, and gives them by
 * DICOMweb under the archive's paths.
 */
const ORTHANC = {
  Name: AE_TITLE,
  DicomAet: AE_TITLE,
  DicomPort: 11112,
  DicomCheckCalledAet: false,
  DicomAlwaysAllowFind: true,
  DicomAlwaysAllowMove: true,
  HttpPort: ORTHANC_PORT,
  RemoteAccessAllowed: true,
  AuthenticationEnabled: false,
  StorageDirectory: '/storage/fs1',
  IndexDirectory: '/opt/wildfly/standalone/index',
  Plugins: ['/usr/share/orthanc/plugins/libOrthancDicomWeb.so'],
  DicomWeb: {
    Enable: true,
    Root: `${BASE}/aets/${AE_TITLE}/rs/`,
    EnableWado: true,
    WadoRoot: `${BASE}/aets/${AE_TITLE}/wado`,
  },
};

/** The two paths of the archive that Orthanc does not have: those that its probes ask. */
const SERVER = `server {
  listen ${HTTP_PORT};
  client_max_body_size 0;
  location = ${BASE}/aets { default_type application/json; return 200 '[{"dicomAETitle":"${AE_TITLE}"}]'; }
  location ${BASE}/ui2 { default_type text/html; return 200 '<!doctype html><title>dcm4chee-arc</title>'; }
  location / { proxy_pass http://127.0.0.1:${ORTHANC_PORT}; proxy_set_header Host $http_host; }
}
`;

/** Waits for those that WILDFLY_WAIT_FOR names, as the archive does, then starts. */
const ENTRYPOINT = `#!/bin/bash
set -euo pipefail
for service in \${WILDFLY_WAIT_FOR:-}; do
  until (exec 3<>"/dev/tcp/\${service%:*}/\${service#*:}") 2>/dev/null; do echo "waiting for $service"; sleep 1; done
done
mkdir -p "\${STORAGE_DIR:-/storage/fs1}" /opt/wildfly/standalone/index
nginx
# The archive's entrypoint hands over by chroot (dcm4che-dockerfiles, wildfly 5.33.1), which takes a capability.
exec chroot / Orthanc /etc/orthanc/archive.json
`;

/** Debian's Orthanc, behind the ports and paths of dcm4chee's archive. */
export function archive(maker: Maker): Promise<Image> {
  return maker.debianImage(
    'archive',
    {
      '/etc/nginx/nginx.conf': configuration('/var/cache/nginx', true),
      '/etc/nginx/conf.d/default.conf': SERVER,
      '/etc/orthanc/archive.json': JSON.stringify(ORTHANC),
      '/usr/local/bin/docker-entrypoint.sh': { script: ENTRYPOINT },
      '/var/cache/nginx': { mode: 0o755 },
    },
    { entrypoint: ['/usr/local/bin/docker-entrypoint.sh'], ports: [HTTP_PORT, 11112] },
  );
}
