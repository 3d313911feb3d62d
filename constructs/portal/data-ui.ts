import type { Construct } from 'constructs';
import { StaticPages, type StaticPagesProps } from '../platform/static-pages';

/** Properties of `DataUi`. */
export type DataUiProps = Pick<StaticPagesProps, 'platform' | 'namespace'>;

/** Pages for the data of a project; the browser asks data-api (data-ui, Kaapana 0.6.0). */
export class DataUi extends StaticPages {
  constructor(scope: Construct, id: string, { platform, namespace }: DataUiProps) {
    super(scope, id, { platform, namespace, name: 'data-ui' });
  }
}
