import { isWithin } from '../base/paths';
import { finding, type Found } from '../findings/finding';
import { type OwnedClaim, subjectOf } from './conflict';

/** An export, taken apart. */
interface Export {
  readonly claim: OwnedClaim;
  readonly server: string;
  readonly path: string;
}

/**
 * Exports of two environments that would be one, or lie in each other, if their servers are one. Names of servers are
 * not looked up: what they mean on the nodes is not known here. Of two environments the outermost are named alone.
 */
export function unclearExports(held: readonly OwnedClaim[]): Found<'unclear-export'>[] {
  const exports = held
    .filter(({ kind }) => kind === 'export')
    .map(taken)
    .sort((a, b) => a.path.length - b.path.length);
  const found = new Map<string, Found<'unclear-export'>>();
  for (const [index, outer] of exports.entries())
    for (const inner of exports.slice(index + 1)) {
      const environments = [outer, inner].map(({ claim }) => claim.environment);
      const pair = [...environments].sort().join(' ');
      if (outer.server === inner.server || environments[0] === environments[1] || found.has(pair)) continue;
      if (!isWithin(inner.path, outer.path)) continue;
      found.set(
        pair,
        finding('unclear-export', subjectOf(inner.claim), {
          owners: [outer, inner].map(({ claim: { environment, by } }) => ({ environment, by })),
          exports: [outer, inner].map(({ claim }) => claim.value),
        }),
      );
    }
  return [...found.values()];
}

/** An address of IPv6 has colons too, so that the path begins at the first `:/`. */
function taken(claim: OwnedClaim): Export {
  const at = claim.value.indexOf(':/');
  return { claim, server: claim.value.slice(0, at), path: claim.value.slice(at + 1).replace(/\/+$/, '') };
}
