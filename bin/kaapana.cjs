#!/usr/bin/env node
'use strict';
require('./load.cjs')('src/cli/index.ts', { packages: 'bundle' }).main(process.argv);
