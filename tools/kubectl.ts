import { runOnDev } from './run-on-dev';

/** `npm run kubectl -- <arguments>`: on the embedded control plane. */
export function main(args: readonly string[]): Promise<number> {
  return runOnDev('kubectl', args);
}
