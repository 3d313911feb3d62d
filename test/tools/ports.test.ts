import { type AddressInfo, createServer, type Server } from 'node:net';
import { busyProblem, freePorts, isFree } from '../../tools/ports';

let server: Server;

beforeEach(async () => {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(() => server.close());

function taken(): number {
  return (server.address() as AddressInfo).port;
}

test('a busy port is one sentence with the remedy', async () => {
  expect(await isFree(taken())).toBe(false);
  expect(await busyProblem([taken()], 'do something else')).toBe(
    `Another program listens on 127.0.0.1, port ${taken()}, which the control plane needs: end that program, or do something else.`,
  );
});

test('free ports are distinct, free and no problem', async () => {
  const ports = await freePorts(6);
  expect(new Set(ports).size).toBe(6);
  expect(await busyProblem(ports, '')).toBeUndefined();
});
