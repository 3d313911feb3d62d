import { v5 as uuid } from 'uuid';
import { secretToken } from '../../constructs/kube';
import type { ProjectWithUser } from '../../constructs/platform/project';
import { InstanceScope } from './instance-scope';
import type { Settings } from './parse';

/** Space of ids that projects get which have none in the settings. */
const PROJECT_IDS = 'b9c7a2de-0a55-4a4e-9f6e-3a8a4b1d7c60';

/**
 * The projects of the settings. Ids that are not set follow from the names, so that a second deployment finds them
 * again.
 */
export function projectsOf(settings: Settings): readonly [ProjectWithUser, ...ProjectWithUser[]] {
  const scope = new InstanceScope(settings);
  const [first, ...others] = settings.projects.map(({ name, id, userPassword }) => ({
    name,
    id: id ?? uuid(`${scope.instance}/${name}`, PROJECT_IDS),
    namespace: scope.projectNamespace(name),
    userPassword: userPassword ?? secretToken(`projects.${name}.userPassword`),
  }));
  if (first === undefined) throw new Error('an instance has at least one project');
  return [first, ...others];
}
