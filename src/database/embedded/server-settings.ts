/**
 * Settings of the embedded PostgreSQL, given on its command line so that a newer cloudtap brings
 * newer settings. For two cores, short queries beside bulk loads, and nobody but us connecting.
 */
const settings = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '300',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '32MB',
  maintenance_work_mem: '256MB',
  random_page_cost: '1.1',
  // One helper per query: with two cores a second one only takes turns with other queries.
  max_parallel_workers_per_gather: '1',
  // Nobody replicates from this server, so a load into a new table need not pass through the WAL.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  max_wal_size: '4GB',
  wal_compression: 'on',
  checkpoint_timeout: '15min',
  // Errors of queries are told to the client; here they would only repeat the query's text.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
  log_timezone: 'UTC',
  timezone: 'UTC',
  lc_messages: 'C',
} as const;

/** No port is opened; the number is a part of the socket's file name. */
export const socketPort = 5432;

/** As `postgres` takes them. */
export function serverArguments(socketDirectory: string): readonly string[] {
  const all = { ...settings, unix_socket_directories: socketDirectory, port: String(socketPort) };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
