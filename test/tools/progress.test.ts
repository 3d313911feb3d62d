import { Progress } from '../../tools/progress';

function recorder(): { lines: string[]; stream: NodeJS.WriteStream } {
  const lines: string[] = [];
  const stream = { isTTY: false, write: (text: string) => lines.push(text) } as unknown as NodeJS.WriteStream;
  return { lines, stream };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('off a terminal a long step says in plain lines that it lives', async () => {
  const { lines, stream } = recorder();
  const progress = new Progress(stream);
  await progress.step(
    'Building',
    async (report) => {
      report('12 packages compiled');
      await jest.advanceTimersByTimeAsync(21_000);
    },
    () => 'done',
  );
  expect(lines).toEqual([
    '  Building: 1 s, 12 packages compiled\n',
    '  Building: 10 s, 12 packages compiled\n',
    '  Building: 20 s, 12 packages compiled\n',
    '✔ Building (21.0 s): done\n',
  ]);
  expect(progress.finished).toEqual([{ title: 'Building', seconds: 21 }]);
});

test('a failed step is marked and its error goes on', async () => {
  const { lines, stream } = recorder();
  await expect(new Progress(stream).step('Building', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(lines).toEqual(['✘ Building (0.0 s)\n']);
});
