/** A page that the portal leads to. */
export interface PageLink {
  readonly label: string;

  /** Path of the route; the portal shows the page only while the reverse proxy has it. */
  readonly route: string;

  /** Path that is opened. @default - `route`, with a slash at its end */
  readonly path?: string;
}

/** Pages of one kind. */
export interface PageSection {
  readonly label: string;

  /** Name of an icon of Material Design Icons. */
  readonly icon: string;

  /** Path of the section in the portal. */
  readonly path: string;

  readonly description: string;

  /** By the key that stands in the address of the page, which access rights name. */
  readonly pages: Readonly<Record<string, PageLink>>;
}

/** What the portal leads to; applications that nobody installed are hidden. */
export function pageSections(servicesNamespace: string): Readonly<Record<string, PageSection>> {
  return {
    store: {
      label: 'Store',
      icon: 'mdi-store',
      path: '/api',
      description: 'Where images and files are kept, and viewers for them.',
      pages: {
        ohif: { label: 'OHIF', route: '/ohif' },
        slim: { label: 'SLIM', route: '/slim' },
        minio: { label: 'Minio', route: '/minio-console' },
        Documents: { label: 'Documents', route: '/collabora-wopi' },
        persistence: { label: 'Persistence Layer', route: '/persistence/' },
      },
    },
    meta: {
      label: 'Meta',
      icon: 'mdi-chart-bar',
      path: '/meta',
      description: 'Metadata of the images: search it, and draw dashboards of it.',
      pages: {},
    },
    system: {
      label: 'System',
      icon: 'mdi-view-dashboard-variant ',
      path: '/system',
      description: 'For those who run the platform: its workflows, users, logs and measurements.',
      pages: {
        airflow: { label: 'Airflow', route: '/flow', path: '/flow/home' },
        dashboard: {
          label: 'Kubernetes',
          route: '/kubernetes',
          path: `/kubernetes/#/pod?namespace=${servicesNamespace}`,
        },
        keycloak: { label: 'Keycloak', route: '/auth', path: '/auth/admin/master/console/#/kaapana' },
        traefik: { label: 'Traefik', route: '/traefik', path: '/traefik/dashboard/' },
        jupyterlab: { label: 'Jupyterlab', route: '/jupyterlab', path: '/jupyterlab' },
        pacs: { label: 'PACS', route: '/dcm4chee-arc', path: '/dcm4chee-arc/ui2/' },
        prometheus: { label: 'Prometheus', route: '/prometheus' },
        grafana: { label: 'Grafana', route: '/grafana', path: '/grafana/dashboards' },
        Projects: { label: 'Projects', route: '/projects-ui' },
        Documentation: { label: 'Documentation', route: '/docs/' },
      },
    },
    experimental: {
      label: 'Experimental',
      icon: 'mdi-flask',
      path: '/experimental',
      description: 'What is new, and may still change or fail.',
      pages: {
        workflows: { label: 'Workflows V2', route: '/workflow-ui', path: '/workflow-ui/workflows' },
        runs: { label: 'Workflow Runs V2', route: '/workflow-ui', path: '/workflow-ui/runs' },
        data: { label: 'Data', route: '/data-ui' },
      },
    },
  };
}
