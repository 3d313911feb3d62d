'use strict';
// Runs the TypeScript entry named first and gives it the other arguments.
const [entry, ...args] = process.argv.slice(2);
Promise.resolve(require('./load.cjs')(entry).main(args)).then(
  (code) => (process.exitCode = code ?? 0),
  (error) => {
    console.error(error);
    process.exitCode = 1;
  },
);
