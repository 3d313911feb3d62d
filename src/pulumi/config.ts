import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import type { EnvironmentFile } from '../environment/file';
import { sortKeys } from '../settings/keys';

/** The settings of the stack that Pulumi runs, decrypted; the same keys as in its file. */
export function readPulumiConfig(): EnvironmentFile {
  const environment = pulumi.getStack();
  return { environment, ...sortKeys(pulumi.runtime.allConfig()), directory: projectDirectory(environment) };
}

/**
 * Where the file of `environment` is. Pulumi's language host tells neither that nor the project: it is above the
 * program, or where Pulumi was started.
 */
function projectDirectory(environment: string): string {
  const starts = [process.cwd(), process.env['PWD'] ?? ''];
  return (
    starts.flatMap(andAbove).find((directory) => existsSync(join(directory, `Pulumi.${environment}.yaml`))) ??
    process.cwd()
  );
}

function andAbove(directory: string): string[] {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...andAbove(parent)];
}
