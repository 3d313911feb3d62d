const NOBODY = 65534;

/** Runs `action` without the rights of root, whom no file is protected from; whoever else runs the tests has none. */
export function asNobody<Result>(action: () => Result): Result {
  if (process.getuid?.() !== 0) return action();
  process.seteuid?.(NOBODY);
  try {
    return action();
  } finally {
    process.seteuid?.(0);
  }
}
