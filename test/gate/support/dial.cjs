'use strict';
// Runs in the network of a pod: reads a list of { address, port, protocol } and tells of each whether it answered.
const dgram = require('node:dgram');
const net = require('node:net');

const TIMEOUT_MS = 3_000;
const DNS_PORT = 53;

/** A question for the address of a name, which any name server answers. */
const DNS_QUESTION = Buffer.from('00010100000100000000000003646e7307636c7573746572056c6f63616c0000010001', 'hex');

function tcp({ address, port }) {
  return new Promise((resolve) => {
    const socket = net.connect({ host: address, port });
    const end = (outcome) => {
      socket.destroy();
      resolve(outcome);
    };
    socket.setTimeout(TIMEOUT_MS, () => end('timeout'));
    socket.on('connect', () => end('connected'));
    socket.on('error', ({ code }) => end(code));
  });
}

function udp({ address, port }) {
  return new Promise((resolve) => {
    const socket = dgram.createSocket('udp4');
    const end = (outcome) => {
      clearTimeout(timer);
      socket.close();
      resolve(outcome);
    };
    // Policies tell of what they refuse. A name server answers; whoever only takes what comes is silent.
    const timer = setTimeout(() => end(port === DNS_PORT ? 'timeout' : 'connected'), TIMEOUT_MS);
    socket.on('message', () => end('connected'));
    socket.on('error', ({ code }) => end(code));
    socket.connect(port, address, () => socket.send(DNS_QUESTION));
  });
}

async function main() {
  let input = '';
  for await (const part of process.stdin) input += part;
  const outcomes = await Promise.all(JSON.parse(input).map((to) => (to.protocol === 'UDP' ? udp(to) : tcp(to))));
  process.stdout.write(JSON.stringify(outcomes));
}

main();
