import * as pulumi from '@pulumi/pulumi';
import type { EnvironmentFile } from './file';
import { PREFIX } from './schema';

/** The settings of the stack that Pulumi runs, decrypted; the same keys as in its file. */
export function readPulumiConfig(): EnvironmentFile {
  const entries = Object.entries(pulumi.runtime.allConfig()).filter(([key]) => key.startsWith(PREFIX));
  return { environment: pulumi.getStack(), raw: Object.fromEntries(entries.map(([key, value]) => [key.slice(PREFIX.length), value])) };
}
