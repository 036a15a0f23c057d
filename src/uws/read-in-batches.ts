/** Reads many at once; those that are not there are missing. */
export type ReadMany<Value> = (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>;

interface Asked<Value> {
  readonly key: string;
  readonly answer: (value: Value | undefined) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * One by one for whoever asks, many at once for the database: what is asked for while a read is under
 * way is read next, together. So 5,000 clients that are woken in the same moment cost 50 reads in place
 * of 5,000 that queue for a connection, and nobody is ever given what was read before he asked.
 * @param most keys of one read
 */
export function readInBatches<Value>(
  read: ReadMany<Value>,
  most: number,
): (key: string) => Promise<Value | undefined> {
  const waiting: Asked<Value>[] = [];
  let isReading = false;

  const readAll = async (): Promise<void> => {
    while (waiting.length > 0) await answerAll(read, waiting.splice(0, most));
    isReading = false;
  };
  return (key) =>
    new Promise((answer, fail) => {
      waiting.push({ key, answer, fail });
      if (isReading) return;
      isReading = true;
      // The others that ask in this turn come along.
      queueMicrotask(() => void readAll());
    });
}

async function answerAll<Value>(
  read: ReadMany<Value>,
  asked: readonly Asked<Value>[],
): Promise<void> {
  try {
    const values = await read([...new Set(asked.map(({ key }) => key))]);
    for (const { key, answer } of asked) answer(values.get(key));
  } catch (error) {
    for (const { fail } of asked) fail(error);
  }
}
