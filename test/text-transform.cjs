'use strict';
/** Imports of text files, as esbuild's text loader gives them. */
module.exports = { process: (text) => ({ code: `module.exports = ${JSON.stringify(text)};` }) };
