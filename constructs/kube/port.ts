/** The first port from `port` on that is not `taken`. */
export function firstFree(port: number, taken: readonly number[]): number {
  return taken.includes(port) ? firstFree(port + 1, taken) : port;
}
