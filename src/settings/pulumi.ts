import * as pulumi from '@pulumi/pulumi';
import type { EnvironmentFile } from './file';

/** The settings of the stack that Pulumi runs, decrypted; the same keys as in its file. */
export function readPulumiConfig(): EnvironmentFile {
  const prefix = `${pulumi.getProject()}:`;
  const entries = Object.entries(pulumi.runtime.allConfig()).filter(([key]) => key.startsWith(prefix));
  return { environment: pulumi.getStack(), raw: Object.fromEntries(entries.map(([key, value]) => [key.slice(prefix.length), value])) };
}
