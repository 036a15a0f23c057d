import { seeOther } from './send-document.ts';
import type { StoredAnswer, StoredExchange } from './send-stored.ts';

/**
 * How the User-Agent of those begins that are served from here. TapPlus asks its first host for
 * whatever Location says, and mostly gives no name at all; HTTP of Java follows no redirect from http
 * to https.
 */
const unableToFollow = /^(astroquery|stilts|java)\b/i;

/**
 * Sends the client to the result store for this object (RFC 9110, "303 See Other").
 * @returns false when it was not: not wanted, a store without URLs, or a client that could not follow
 * @throws ServiceError 'storage-unavailable'
 */
export async function redirectToStore(
  { storageKey, mediaType, disposition }: StoredAnswer,
  { request, response, context }: StoredExchange,
): Promise<boolean> {
  // The signature is for GET alone.
  if (!context.redirectsResults || request.method !== 'GET') return false;
  if (!canFollow(request.get('User-Agent'))) return false;
  const download = { key: storageKey, mediaType, disposition };
  const url = await context.jobService.results.urlOf(download);
  if (url === null) return false;
  seeOther(response, url);
  return true;
}

function canFollow(userAgent: string | undefined): boolean {
  return userAgent !== undefined && userAgent !== '' && !unableToFollow.test(userAgent);
}
