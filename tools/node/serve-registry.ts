import { registry } from './registry';

/** Serves OCI image layouts on the loopback address, as a program of its own: PORT DIR... */
export function main([port, ...dirs]: readonly string[]): Promise<number> {
  return new Promise((_resolve, reject) => {
    registry(dirs).on('error', reject).listen(Number(port), '127.0.0.1');
  });
}
