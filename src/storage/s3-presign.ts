import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { Download } from './result-store.ts';
import { objectOf, type Place, s3 } from './s3-place.ts';

/** Seconds: a download must begin in that time, it may last longer. */
const validity = 900;

/** What the SDK calls a request, as much of it as is used here. */
interface SignedRequest {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

interface Presigner {
  readonly presign: (
    request: object,
    options: { readonly expiresIn: number; readonly unsignableHeaders: ReadonlySet<string> },
  ) => Promise<SignedRequest>;
}

/**
 * A URL that lets whoever has it read one object, for `validity` seconds. The SDK resolves the
 * endpoint and signs as for its own requests; only nothing is sent.
 */
export function presign({ client, ...place }: Place, download: Download): Promise<string> {
  const command = new GetObjectCommand({
    ...objectOf(place, download.key),
    ResponseContentType: download.mediaType,
    ResponseContentDisposition: download.disposition,
  });
  let url = '';
  command.middlewareStack.addRelativeTo(
    () => async (call: { readonly request: unknown }) => {
      // The SDK's types show `sign` alone; its only signer, SigV4, has both.
      const signer = (await client.config.signer()) as unknown as Presigner;
      const request = call.request as { headers: Record<string, string> };
      const { host = '' } = request.headers;
      // A browser sends no headers of ours.
      request.headers = { host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
      const unsignableHeaders = new Set(['x-amz-content-sha256']);
      url = urlOf(await signer.presign(request, { expiresIn: validity, unsignableHeaders }));
      return { response: {}, output: { $metadata: {} } };
    },
    { relation: 'before', toMiddleware: 'awsAuthMiddleware', name: 'presign' },
  );
  return s3(async () => {
    await client.send(command);
    return url;
  });
}

function urlOf({ protocol, hostname, port, path, query }: SignedRequest): string {
  const host = port === undefined ? hostname : `${hostname}:${String(port)}`;
  const parameters = Object.entries(query).map((pair) => pair.map(encode).join('='));
  return `${protocol}//${host}${path}?${parameters.join('&')}`;
}

/** As the signature has it: RFC 3986, stricter than encodeURIComponent. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
