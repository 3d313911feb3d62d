'use strict';
// What `pulumi preview` and `pulumi up` run.

// Pulumi keeps a stack trace with each promise. The ts-node that it brings would look for a source map of each line of
// them, which is a quarter of a preview; the bundle has none.
Error.prepareStackTrace = undefined;
module.exports = require('./load.cjs')('src/index.ts', { packages: 'bundle' }).program;
