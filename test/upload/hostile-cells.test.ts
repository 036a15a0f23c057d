import { expect, test } from '@jest/globals';
import { atX, badCells, badStreams } from './bad-cells.ts';
import { piecesOf, read, tabledata } from './read-hostile.ts';

test.each(badCells)('a cell of %s that holds %s', async (field, cell, message) => {
  await expect(read(piecesOf(tabledata(field, cell)))).rejects.toMatchObject({
    message: atX + message,
  });
});

test.each(badStreams)('a stream with %s is refused', async (_name, content, message) => {
  await expect(read(piecesOf(content))).rejects.toMatchObject({ name: 'ServiceError', message });
});
