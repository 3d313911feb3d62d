import type { Image } from '../../../tools/images/oci';
import type { Maker } from './maker';

/**
 * Starts PostgreSQL as the official image does: POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB, PGDATA, and scripts in
 * /docker-entrypoint-initdb.d. Its root may be read-only: it writes to PGDATA and to /var/run/postgresql only.
 */
const ENTRYPOINT = `#!/bin/bash
set -euo pipefail
if [ "\${1:-postgres}" != postgres ]; then exec "$@"; fi
: "\${POSTGRES_USER:=postgres}"
: "\${POSTGRES_DB:=$POSTGRES_USER}"
if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA"
  chown -R postgres:postgres "$PGDATA" /var/run/postgresql
  exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  : "\${POSTGRES_PASSWORD:?must be set}"
  initdb -D "$PGDATA" --username="$POSTGRES_USER" --pwfile=<(printf '%s\\n' "$POSTGRES_PASSWORD") --auth-host=scram-sha-256 --auth-local=trust
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
  # Nobody connects from outside before all is there.
  pg_ctl -D "$PGDATA" -o "-c listen_addresses=''" -w start
  [ "$POSTGRES_DB" = postgres ] || createdb -U "$POSTGRES_USER" "$POSTGRES_DB"
  for file in /docker-entrypoint-initdb.d/*; do
    case $file in
      *.sh) . "$file" ;;
      *.sql) psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" -f "$file" ;;
    esac
  done
  pg_ctl -D "$PGDATA" -m fast -w stop
fi
exec "$@" -c listen_addresses='*'
`;

/** Debian's PostgreSQL 15, with psql for the containers that only run that. */
export function postgres(maker: Maker): Promise<Image> {
  return maker.debianImage(
    'postgres',
    {
      '/usr/local/bin/docker-entrypoint.sh': { script: ENTRYPOINT },
      '/docker-entrypoint-initdb.d': { mode: 0o755 },
      '/var/lib/postgresql/data': { mode: 0o700, owner: 70 },
    },
    {
      entrypoint: ['/usr/local/bin/docker-entrypoint.sh'],
      cmd: ['postgres'],
      env: { PGDATA: '/var/lib/postgresql/data', LANG: 'C.UTF-8' },
      ports: [5432],
      stopSignal: 'SIGINT',
    },
  );
}
