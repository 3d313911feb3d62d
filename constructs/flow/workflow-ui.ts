import type { Construct } from 'constructs';
import { StaticPages, type StaticPagesProps } from '../platform/static-pages';

/** Properties of `WorkflowUi`. */
export type WorkflowUiProps = Pick<StaticPagesProps, 'platform' | 'namespace'>;

/** Pages for workflows and their runs; the browser asks workflow-api (workflow-ui, Kaapana 0.6.0). */
export class WorkflowUi extends StaticPages {
  constructor(scope: Construct, id: string, { platform, namespace }: WorkflowUiProps) {
    super(scope, id, { platform, namespace, name: 'workflow-ui' });
  }
}
