import * as fs from 'node:fs';
import { request } from 'node:https';
import * as path from 'node:path';

const TIMEOUT_MS = 2_000;

/** Whether an embedded API server says yes to a request; asked directly, as starting kubectl takes longer. */
export function apiAnswers(kubeconfig: string, pki: string, url: string): Promise<boolean> {
  const server = /server: (https:\/\/\S+)/.exec(fs.readFileSync(kubeconfig, 'utf8'))?.[1] ?? '';
  const [ca, cert, key] = ['ca.crt', 'admin.crt', 'admin.key'].map((file) => fs.readFileSync(path.join(pki, file)));
  return new Promise((resolve) => {
    const asked = request(`${server}${url}`, { ca, cert, key, agent: false, timeout: TIMEOUT_MS }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(false));
    asked.end();
  });
}
