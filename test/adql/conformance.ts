/**
 * Judges query sets in the format of the IVOA's validation suite:
 *
 *     npm run adql:conformance -- FILE.xml... [--strict-join] [--declare PREFIX]...
 *
 * Every valid query must parse and every other be refused, without looking up tables and without
 * our extensions. Sets of optional features (files O1... to O9...) are judged once more with that
 * feature switched off. Prints each miss and `N passed, N failed`; exit code 1 if any failed.
 */
import { parseArgs } from 'node:util';
import { judgeFile } from './judge-query-set.ts';

function main(): void {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      'strict-join': { type: 'boolean', default: false },
      declare: { type: 'string', multiple: true, default: [] },
    },
  });
  const settings = { strictJoin: values['strict-join'], declared: values.declare };
  const judgements = positionals.flatMap((file) => judgeFile(file, settings));
  const misses = judgements.filter((judgement) => judgement !== null);
  for (const miss of misses) process.stdout.write(miss);
  const passed = judgements.length - misses.length;
  process.stdout.write(`${String(passed)} passed, ${String(misses.length)} failed\n`);
  process.exitCode = misses.length > 0 || judgements.length === 0 ? 1 : 0;
}

main();
