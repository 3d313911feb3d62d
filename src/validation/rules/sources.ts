import { absolutePath, withoutParent } from '../forms';
import { choice, fields, required, type Rule } from '../rule';

/** A directory of the node. */
export const hostPath: Rule = fields({
  path: required(withoutParent),
  type: choice('DirectoryOrCreate', 'Directory', 'FileOrCreate', 'File', 'Socket', 'CharDevice', 'BlockDevice'),
});

/** A directory of a file server. */
export const nfs: Rule = fields({ server: required(), path: required(absolutePath) });
