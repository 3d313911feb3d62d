/** Whether the absolute path `inner` is `outer` or lies in it; slashes at the end, or more than one, mean nothing. */
export function isWithin(inner: string, outer: string): boolean {
  return withSlash(inner).startsWith(withSlash(outer));
}

function withSlash(path: string): string {
  return `${path}/`.replace(/\/+/g, '/');
}
