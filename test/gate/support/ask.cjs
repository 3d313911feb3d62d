'use strict';
// Runs in the network of a pod: reads requests, and tells what was answered to each.
const http = require('node:http');
const https = require('node:https');

function ask({ url, method, headers, body }) {
  const { request } = url.startsWith('https:') ? https : http;
  return new Promise((resolve, reject) => {
    // The certificates in there are those that the platform made for itself.
    const sent = request(url, { method, headers, rejectUnauthorized: false, timeout: 30_000 }, async (answer) => {
      let text = '';
      for await (const part of answer) text += part;
      resolve({ status: answer.statusCode, headers: answer.headers, body: text });
    });
    sent.on('timeout', () => sent.destroy(new Error(`${url} did not answer within 30 s`)));
    sent.on('error', reject);
    sent.end(body);
  });
}

async function main() {
  let input = '';
  for await (const part of process.stdin) input += part;
  const answers = [];
  for (const one of JSON.parse(input)) answers.push(await ask(one));
  process.stdout.write(JSON.stringify(answers));
}

main().catch((error) => {
  process.stderr.write(error.message);
  process.exitCode = 1;
});
