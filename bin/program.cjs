'use strict';
// What `pulumi preview` and `pulumi up` run.
module.exports = require('./load.cjs')('src/index.ts', { packages: 'bundle' }).program;
