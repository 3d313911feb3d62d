import type { Construct } from 'constructs';
import { StaticPages, type StaticPagesProps } from '../platform/static-pages';

/** Properties of `ProjectManagementUi`. */
export type ProjectManagementUiProps = Pick<StaticPagesProps, 'platform' | 'namespace'>;

/**
 * Pages for projects and their members; the browser asks the access information interface (project-management-ui,
 * Kaapana 0.6.0).
 */
export class ProjectManagementUi extends StaticPages {
  constructor(scope: Construct, id: string, { platform, namespace }: ProjectManagementUiProps) {
    super(scope, id, {
      platform,
      namespace,
      name: 'project-management-ui',
      routeName: 'proj-management-ui',
      path: '/projects-ui',
      portNames: { container: 'proj-list-http', service: 'proj-list-http-svc' },
    });
  }
}
