import { container, edit } from './edit';
import type { Mutation } from './mutation';

/** Breaks that keep programs from running. */
export const RUNNING: readonly Mutation[] = [
  {
    name: 'the archive may not change its root',
    make: () =>
      edit('deployment', 'services/dcm4chee', (object) => {
        container(object).securityContext.capabilities.drop.push('SYS_CHROOT');
      }),
    judge: ({ pods }) => pods('services/dcm4chee'),
    says: /services\/dcm4chee is not ready/,
  },
  {
    name: 'a probe asks a port at which nobody listens',
    make: () =>
      edit('deployment', 'services/data-api', (object) => {
        container(object).readinessProbe.tcpSocket.port = 1;
      }),
    judge: ({ pods }) => pods('services/data-api'),
    says: /services\/data-api is not ready/,
  },
  {
    name: "a database's folder belongs to another user",
    make: () =>
      edit('deployment', 'services/data-api-database', (object) => {
        object.spec.template.spec.initContainers[0].command[2] = '1:1';
      }),
    judge: ({ pods }) => pods('services/data-api-database'),
    says: /services\/data-api-database is not ready/,
  },
  {
    name: 'a database runs as another user',
    make: () =>
      edit('deployment', 'services/workflow-api-database', (object) => {
        container(object).securityContext.runAsUser = 12345;
      }),
    judge: ({ pods }) => pods('services/workflow-api-database'),
    says: /services\/workflow-api-database is not ready/,
  },
  {
    name: 'a database has no folder for its socket, and may not write elsewhere',
    make: () =>
      edit('deployment', 'services/kaapana-backend-database', (object) => {
        const { volumeMounts } = container(object);
        container(object).volumeMounts = volumeMounts.filter(
          ({ mountPath }: { mountPath: string }) => mountPath !== '/var/run/postgresql',
        );
      }),
    judge: ({ pods }) => pods('services/kaapana-backend-database'),
    says: /services\/kaapana-backend-database is not ready/,
  },
  {
    name: 'a program gets less memory than it takes',
    make: () =>
      edit('deployment', 'services/loki', (object) => {
        container(object).resources = { limits: { memory: '8Mi' }, requests: { memory: '8Mi' } };
      }),
    judge: ({ pods }) => pods('services/loki'),
    says: /services\/loki is not ready.*(OOMKilled|exit code)/,
  },
  {
    name: 'an image has another name',
    make: () =>
      edit('deployment', 'services/ohif', (object) => {
        container(object).image += '-of-nobody';
      }),
    judge: ({ pods }) => pods('services/ohif'),
    says: /services\/ohif is not ready.*ErrImagePull|ImagePullBackOff/,
  },
];
