import type { EmbeddedServer } from '../../src/database/embedded/start-embedded.ts';

/** Handed from global-setup.ts to global-teardown.ts, which jest runs in the same process. */
export const startedServer: {
  current?: { readonly server: EmbeddedServer; readonly dataDirectory: string };
} = {};
