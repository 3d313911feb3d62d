import { devControlPlane } from './dev';

/** `npm stop`: ends the control plane; its data and Pulumi's state stay. */
export async function main(): Promise<void> {
  const plane = devControlPlane();
  const status = await plane.status();
  await plane.stop();
  console.log(
    status === 'running'
      ? 'The control plane is stopped; "npm start" starts it again with its data, "npm run reset" forgets it.'
      : 'The control plane was not running.',
  );
}
