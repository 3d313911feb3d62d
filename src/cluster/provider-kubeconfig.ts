import { isAbsolute } from 'node:path';
import { objectAt, textAt } from '../objects/manifest';
import { ApiServerError, calledOf, type Entry, type Kubeconfig, kubeconfigFiles } from './kubeconfig';
import { readTarget } from './kubeconfig-context';

const FILES = { cluster: ['certificate-authority'], user: ['client-certificate', 'client-key', 'tokenFile'] } as const;

/**
 * What Pulumi's provider is given as its kubeconfig: a path, so that the state holds no credentials of the server; or
 * nothing, where $KUBECONFIG has several files or names others relative to itself. Then the provider reads them as
 * kubectl does; of a path that it is given it reads the content alone, and looks for other files where it runs
 * (pulumi-kubernetes 4.25, parseKubeconfigString).
 *
 * @throws ApiServerError when it could not find what the kubeconfig of a setting names
 */
export function providerKubeconfig(kubeconfig: Kubeconfig): string {
  const files = kubeconfigFiles(kubeconfig);
  const [file = ''] = files;
  const { cluster, user } = readTarget(kubeconfig);
  const relative = [...relativeIn(cluster, FILES.cluster), ...relativeIn(user, FILES.user), ...commandOf(user)];
  if (files.length === 1 && relative.length === 0) return file;
  if (kubeconfig.path === undefined) return '';
  throw new ApiServerError(
    `the kubeconfig ${calledOf(files)} names ${relative.join(' and ')} relative to its folder, where updates would not look: write absolute paths into it, or take kaapana:kubeconfig out and set KUBECONFIG`,
  );
}

function relativeIn({ value }: Entry, keys: readonly string[]): string[] {
  return keys.flatMap((key) => textAt(value[key]) || []).filter((path) => !isAbsolute(path));
}

function commandOf({ value }: Entry): string[] {
  const command = textAt(objectAt(value.exec).command) ?? '';
  return command.includes('/') && !isAbsolute(command) ? [command] : [];
}
