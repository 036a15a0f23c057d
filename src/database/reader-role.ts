import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import pg from 'pg';
import { identifier, sql, value } from '../../adql/index.ts';
import { ServiceError } from '../service-error.ts';
import type { Owner } from './database.ts';
import { messageOf } from './error-fields.ts';

/** The role that the schema grants to: it owns nothing and may read what TAP_SCHEMA declares. */
const readerRole = 'cloudtap_reader';

/**
 * Makes the reader role where it is missing and finds the login of the reader. Two processes, or
 * two databases of one server, may do this at the same moment.
 * @param login the owner's
 * @param given the reader's login where the operator set one (READER_DATABASE_URL)
 */
export async function prepareReader(
  owner: Owner,
  login: pg.ClientConfig,
  given: pg.ClientConfig | undefined,
): Promise<pg.ClientConfig> {
  const password = readerPassword(login.password);
  await createRole(owner, password);
  await limitPublic(owner);
  if (given !== undefined) {
    await adoptRole(owner, given.user ?? '');
    await checkReader(given);
    return given;
  }
  const reader = { ...login, user: readerRole, password };
  const mine = await logsIn(reader);
  if (!mine && password !== undefined) await setPassword(owner, password);
  await checkReader(reader);
  return reader;
}

/** The same from each replica that knows the owner's password, and of no use to get back to it. */
function readerPassword(ownerPassword: pg.ClientConfig['password']): string | undefined {
  if (typeof ownerPassword !== 'string' || ownerPassword === '') return undefined;
  return createHmac('sha256', ownerPassword).update('cloudtap reader').digest('hex');
}

async function createRole(owner: Owner, password: string | undefined): Promise<void> {
  const [found] = await owner.query(
    sql`SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = ${value(readerRole, 'text')}`,
  );
  if (found !== undefined) return;
  try {
    await owner.execute(sql`
      DO $$ BEGIN
        CREATE ROLE cloudtap_reader LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- another process was faster
      END $$`);
  } catch (cause) {
    throw new ServiceError(
      'database-unavailable',
      `The database has no role ${readerRole} (users' queries run as it), and the role of ` +
        `DATABASE_URL may not make it. Let an administrator run: CREATE ROLE ${readerRole} LOGIN ` +
        `PASSWORD '...'; and set READER_DATABASE_URL to a URL with that name and password.`,
      { cause },
    );
  }
  if (password !== undefined) await setPassword(owner, password);
}

/** The server gets the SCRAM verifier alone, so that its log cannot hold the password. */
async function setPassword(owner: Owner, password: string): Promise<void> {
  await owner
    .transaction(async (session) => {
      const verifier = value(scramVerifier(password), 'text');
      await session.query(sql`SELECT set_config('cloudtap.verifier', ${verifier}, true)`);
      await session.execute(sql`
        DO $$ BEGIN
          EXECUTE format('ALTER ROLE cloudtap_reader LOGIN PASSWORD %L',
            current_setting('cloudtap.verifier'));
        END $$`);
    })
    // Whether it was needed, and whether another process did it meanwhile, shows at the login.
    .catch(() => undefined);
}

/** RFC 5802 and RFC 7677, in the form in which PostgreSQL keeps it. */
function scramVerifier(password: string): string {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, 4096, 32, 'sha256');
  const hmac = (text: string): Buffer => createHmac('sha256', salted).update(text).digest();
  const stored = createHash('sha256').update(hmac('Client Key')).digest('base64');
  const server = hmac('Server Key').toString('base64');
  return `SCRAM-SHA-256$4096:${salt.toString('base64')}$${stored}:${server}`;
}

/** A reader of another name gets the rights of the role that the schema grants to. */
async function adoptRole(owner: Owner, user: string): Promise<void> {
  if (user === readerRole) return;
  const [row] = await owner.query<{ readonly member: boolean }>(
    sql`SELECT pg_has_role(rolname, ${value(readerRole, 'text')}, 'USAGE') AS member
        FROM pg_catalog.pg_roles WHERE rolname = ${value(user, 'text')}`,
  );
  if (row?.member === true) return;
  await owner.execute(sql`GRANT cloudtap_reader TO ${identifier(user)}`).catch((cause: unknown) => {
    throw new ServiceError(
      'database-unavailable',
      `The role ${user} of READER_DATABASE_URL may not read the tables of cloudtap. ` +
        `Let an administrator run: GRANT ${readerRole} TO ${user};`,
      { cause },
    );
  });
}

/**
 * Where the database is ours alone, its public rights shrink too. Only the functions' owner (a
 * superuser) can take functions away; elsewhere the translator and the gate stand alone there.
 */
async function limitPublic(owner: Owner): Promise<void> {
  await owner.transaction(async (session) => {
    await session.query(sql`SELECT pg_advisory_xact_lock(hashtext('cloudtap reader'))`);
    await session.execute(sql`
      DO $$
      DECLARE
        harmful text;
      BEGIN
        IF NOT EXISTS (SELECT FROM pg_database WHERE datname = current_database()
                       AND datdba = (SELECT oid FROM pg_roles WHERE rolname = current_user)) THEN
          RETURN;
        END IF;
        IF has_database_privilege('cloudtap_reader', current_database(), 'TEMPORARY') THEN
          EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
        END IF;
        IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
          RETURN;
        END IF;
        REVOKE CREATE ON SCHEMA public FROM PUBLIC;
        FOR harmful IN
          SELECT p.oid::regprocedure FROM pg_proc AS p
          WHERE p.pronamespace = 'pg_catalog'::regnamespace
            AND (p.proname ~ '^(pg_sleep|pg_advisory|pg_try_advisory|lo_)'
              OR p.proname ~ '_to_xml' OR p.proname LIKE 'pg_notify%'
              OR p.proname IN ('set_config', 'pg_terminate_backend', 'pg_stat_get_activity',
                'pg_export_snapshot', 'pg_logical_emit_message', 'loread', 'lowrite', 'setval'))
            AND has_function_privilege('cloudtap_reader', p.oid, 'EXECUTE')
        LOOP
          EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', harmful);
        END LOOP;
      END $$`);
  });
}

async function logsIn(reader: pg.ClientConfig): Promise<boolean> {
  return mightOf(reader).then(
    () => true,
    () => false,
  );
}

/** Proves the login, and that it is no boundary in name only. */
async function checkReader(reader: pg.ClientConfig): Promise<void> {
  const mighty = await mightOf(reader).catch((cause: unknown) => {
    throw new ServiceError(
      'database-unavailable',
      `The role ${reader.user ?? ''} (users' queries run as it) cannot log in: ` +
        `${messageOf(cause)}. ` +
        'Set READER_DATABASE_URL to a URL with its name and password.',
      { cause },
    );
  });
  if (!mighty) return;
  throw new ServiceError(
    'database-unavailable',
    `The role ${reader.user ?? ''} may do more than read (superuser, CREATEROLE, CREATEDB or ` +
      `BYPASSRLS): users' queries must not run as it. Set READER_DATABASE_URL to an ordinary role.`,
  );
}

async function mightOf(reader: pg.ClientConfig): Promise<boolean> {
  const client = new pg.Client({ ...reader, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const result = await client.query<{ readonly mighty: boolean }>(
      'SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls AS mighty ' +
        'FROM pg_catalog.pg_roles WHERE rolname = current_user',
    );
    return result.rows[0]?.mighty === true;
  } finally {
    await client.end().catch(() => undefined);
  }
}
