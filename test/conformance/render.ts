import { join } from 'node:path';
import { renderEnvironment } from '../../src/render';

/** Objects that this program renders for a settings file in `settings/`. */
export function renderObjects(settings: string, showSecrets: boolean): readonly object[] {
  const path = join(__dirname, 'settings', `${settings}.yaml`);
  return renderEnvironment(path, { showSecrets }).map(({ manifest }) => manifest);
}
