'use strict';
// Runs in the network of a pod: reads a list of { address, port, protocol } and tells of each whether it answered.
const dgram = require('node:dgram');
const dns = require('node:dns');
const net = require('node:net');

const TIMEOUT_MS = 3_000;
const DNS_PORT = 53;

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
    // Policies tell of what they refuse; whoever only takes what comes is silent.
    const timer = setTimeout(() => end('connected'), TIMEOUT_MS);
    socket.on('message', () => end('connected'));
    socket.on('error', ({ code }) => end(code));
    socket.connect(port, address, () => socket.send('a line'));
  });
}

/** Asks a name server, whatever it answers. */
async function name({ address }) {
  const resolver = new dns.promises.Resolver({ timeout: TIMEOUT_MS, tries: 1 });
  resolver.setServers([address]);
  try {
    await resolver.resolve4('dns.cluster.local');
    return 'connected';
  } catch ({ code }) {
    return [dns.NOTFOUND, dns.NODATA, dns.REFUSED, dns.SERVFAIL].includes(code) ? 'connected' : code;
  }
}

function dial(target) {
  if (target.protocol !== 'UDP') return tcp(target);
  return target.port === DNS_PORT ? name(target) : udp(target);
}

async function main() {
  let input = '';
  for await (const part of process.stdin) input += part;
  const outcomes = await Promise.all(JSON.parse(input).map(dial));
  process.stdout.write(JSON.stringify(outcomes));
}

main();
