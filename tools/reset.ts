import * as fs from 'node:fs';
import { DEV_DIR, devControlPlane } from './dev';
import { shown } from './paths';

/** `npm run reset`: forgets the environment of `npm start`; built tools stay. */
export async function main(): Promise<void> {
  await devControlPlane().reset();
  fs.rmSync(DEV_DIR, { recursive: true, force: true });
  console.log(`${shown(DEV_DIR)} is deleted; "npm start" begins anew (built tools are kept).`);
}
