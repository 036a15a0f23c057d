import {
  type CloudAccess,
  type CloudLocation,
  type CloudProvider,
  cloudUri,
  isCloudProvider,
} from './cloud-access.ts';

/** The cloud that a client is in, or would download from. */
export interface CloudPreference {
  readonly provider: CloudProvider;
  /** Such as `us-west-2`; null for any. */
  readonly region: string | null;
}

/** Reads `aws`, `aws:us-west-2`, `gcp`...; null when it is none of these. */
export function readCloudPreference(text: string): CloudPreference | null {
  const [provider = '', region = null, ...rest] = text.trim().toLowerCase().split(':');
  if (!isCloudProvider(provider) || region === '' || rest.length > 0) return null;
  return { provider, region };
}

/** A copy with its URI; the least rank is the best. */
interface RankedCopy {
  readonly uri: string;
  readonly rank: number;
}

/**
 * The URI of the copy to download: of that provider only, if one is given. Copies that the client may
 * read just so come before those that need another region or credentials; among equals the one in its
 * region, else the first. Null when there is none.
 */
export function chooseCopy(access: CloudAccess, preference: CloudPreference | null): string | null {
  const best = Object.entries(access)
    .flatMap(([provider, locations]) => rankedCopies(provider, locations, preference))
    .reduce<RankedCopy | null>(
      (chosen, copy) => (chosen === null || copy.rank < chosen.rank ? copy : chosen),
      null,
    );
  return best?.uri ?? null;
}

function rankedCopies(
  provider: string,
  locations: readonly CloudLocation[],
  preference: CloudPreference | null,
): readonly RankedCopy[] {
  if (!isCloudProvider(provider)) return [];
  const prefix = cloudUri(provider, '', '');
  if (preference !== null && cloudUri(preference.provider, '', '') !== prefix) return [];
  return locations
    .filter((location) => location.access !== 'none')
    .map((location) => ({
      uri: cloudUri(provider, location.bucket_name, location.key),
      rank: rankOf(location, preference?.region ?? null),
    }));
}

function rankOf({ access, region }: CloudLocation, wanted: string | null): number {
  const isNear = wanted !== null && region?.toLowerCase() === wanted;
  const isReadable = access === 'open' || (access === 'region' && isNear);
  const hurdle = isReadable ? 0 : access === 'region' ? 1 : 2;
  return hurdle * 2 + (isNear ? 0 : 1);
}
