import { parseReference } from '../objects/image-reference';

/** Last parts of paths with files that nobody misses. */
const SCRATCH = new Set(
  (
    'bin bootstrap build cache caches cert certs conf conf.d config configs dev dshm empty etc html init lib lock locks log logs metrics ' +
    'nginx pki plugins proc profile profiles run scratch script scripts secret secrets shared shm sock socket sockets spool ssl static ' +
    'temp templates tls tmp www'
  ).split(' '),
);

/** Where programs have no data. */
const SYSTEM =
  /^\/(tmp|run|dev|etc|proc|sys|usr\/(?!share\/[^/]+\/data)|bin|sbin|lib|var\/(tmp|run|cache|log|lock|spool))(\/|$)/;

/** Where they have it. */
const DATA =
  /^\/(var\/lib|var\/opt|var\/data|srv|bitnami|mnt|media|home|exports?)(\/|$)|(^|[/_.-])(data|datadir|db|dbs|database|databases|dicom|files|images|indices|mongodb?|models|mysql|mariadb|backups?|minio|neo4j|orthanc|persist|persistence|persistent|pgdata|postgres|postgresql|queue|redis|repositories|repository|results|state|storage|studies|uploads?|volumes?|wal|workspaces?)(\d*)([/_.-]|$)/i;

/** Names of volumes with data. */
const DATA_VOLUME =
  /(^|[_.-])(data|db|database|storage|persistence|persistent|state|uploads?|backups?|pgdata|files|media)\d*($|[_.-])/i;

/** Programs whose only purpose is to keep data, by the names of their images. */
const DATABASES =
  /^(cassandra|clickhouse(-server)?|cockroach|couchdb|dcm4chee-arc-psql|elasticsearch|etcd|influxdb2?|mariadb(-galera)?|minio|mongo(db)?|mssql-server|mysql(-server)?|neo4j|opensearch|orthanc(-plugins|-python)?|postgis|postgres(ql)?|questdb|rabbitmq|scylla|solr|timescaledb(-ha)?|victoria-metrics|weaviate|qdrant)$/;

/** Whether files at `path` are such that nobody misses. */
export function isScratchPath(path: string): boolean {
  const last = path.toLowerCase().split('/').filter(Boolean).at(-1)?.replace(/^\./, '') ?? '';
  return SYSTEM.test(path) || SCRATCH.has(last);
}

/** Whether a volume called `volume` that is mounted at `path` has data in it. */
export function isDataPath(path: string, volume: string): boolean {
  return !isScratchPath(path) && (DATA.test(path) || DATA_VOLUME.test(volume));
}

/** Whether an image is that of a database. */
export function isDatabase(image: string): boolean {
  return DATABASES.test(parseReference(image).repository.split('/').at(-1) ?? '');
}
