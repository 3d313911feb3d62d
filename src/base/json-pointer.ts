/** The parts of a JSON pointer in a fragment of a URL, e.g. `#/properties/a~1b`, or of what follows its `#`. */
export function pointerParts(pointer: string): string[] {
  const [, ...parts] = pointer.split('/');
  return parts.map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'));
}
