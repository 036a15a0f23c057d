/**
 * `npm run test:docker`: the service on the oldest and the newest PostgreSQL it promises to work
 * with, each in a container (testcontainers; needs a Docker daemon). Ends with `N passed, N failed`.
 */
import { PostgreSqlContainer } from '@testcontainers/postgresql';
import { startedService } from '../clients/started-service.ts';

const images = ['postgres:14', 'postgres:18'] as const;
const seedQuery =
  "SELECT cloud_uri FROM ivoa.obscore WHERE obs_collection='TESS' " +
  "AND dataproduct_type='image' AND obs_id LIKE 'tess%-s0012-3-4%'";

let failed = 0;
for (const image of images) {
  const problem = await seedOn(image).catch((error: unknown) => String(error));
  failed += problem === null ? 0 : 1;
  process.stdout.write(
    problem === null
      ? `ok ${image}: the seed's query gives 1289 S3 URIs\n`
      : `not ok ${image}: ${problem}\n`,
  );
}
process.stdout.write(`${String(images.length - failed)} passed, ${String(failed)} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

/** @returns null when all is well, else what came instead */
async function seedOn(image: string): Promise<string | null> {
  const container = await new PostgreSqlContainer(image).start();
  try {
    const service = await startedService({
      DATABASE_URL: container.getConnectionUri(),
      SAMPLE: 'true',
    });
    try {
      const body = new URLSearchParams({ LANG: 'ADQL', FORMAT: 'csv', QUERY: seedQuery });
      const answer = await fetch(`${service.url}/sync`, { method: 'POST', body });
      const [header, ...rows] = (await answer.text()).trim().split('\n');
      const uris = rows.filter((row) => row.startsWith('s3://stpubdata/tess/'));
      return uris.length === 1289 ? null : `${String(uris.length)} URIs under ${header ?? ''}`;
    } finally {
      await service.stop();
    }
  } finally {
    await container.stop();
  }
}
