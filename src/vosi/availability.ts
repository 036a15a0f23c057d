import { element, renderDocument } from '../xml.ts';

/** `/availability` (VOSI 1.1, "Availability"): its elements, unlike those of the others, are qualified. */
export function availabilityDocument(isAvailable: boolean, upSince: Date): string {
  const note = isAvailable ? 'ready' : 'The database does not answer.';
  return renderDocument(
    element(
      'vosi:availability',
      { 'xmlns:vosi': 'http://www.ivoa.net/xml/VOSIAvailability/v1.0' },
      [
        element('vosi:available', {}, [String(isAvailable)]),
        ...(isAvailable ? [element('vosi:upSince', {}, [upSince.toISOString()])] : []),
        element('vosi:note', {}, [note]),
      ],
    ),
  );
}
