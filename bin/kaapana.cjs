#!/usr/bin/env node
'use strict';
require('./load.cjs')('src/cli/index.ts', {
  packages: 'bundle',
  use: /^[a-z]+$/.exec(process.argv[2] ?? '')?.[0],
}).main(process.argv);
