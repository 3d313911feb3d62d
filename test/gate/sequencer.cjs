'use strict';
const { default: Sequencer } = require('@jest/test-sequencer');
const path = require('node:path');

/** What only looks comes first, then what breaks and mends, then what takes all away. */
const ORDER = ['platform', 'connections', 'routes', 'journeys', 'monitoring', 'mutations', 'redeployment'];

module.exports = class extends Sequencer {
  sort(tests) {
    const placeOf = ({ path: file }) => ORDER.indexOf(path.basename(file, '.gate.ts'));
    return [...tests].sort((a, b) => placeOf(a) - placeOf(b));
  }
};
