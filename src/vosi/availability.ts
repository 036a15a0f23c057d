import { element, renderDocument } from '../xml.ts';

/**
 * `/availability` (VOSI 1.1, "Availability"): its elements, unlike those of the others, are qualified.
 * @param problems what keeps the service from working; none when it is available
 * @param whenReady what to tell of it then
 */
export function availabilityDocument(
  problems: readonly string[],
  upSince: Date,
  whenReady: readonly string[] = ['ready'],
): string {
  const isAvailable = problems.length === 0;
  const notes = isAvailable ? whenReady : problems;
  return renderDocument(
    element(
      'vosi:availability',
      { 'xmlns:vosi': 'http://www.ivoa.net/xml/VOSIAvailability/v1.0' },
      [
        element('vosi:available', {}, [String(isAvailable)]),
        ...(isAvailable ? [element('vosi:upSince', {}, [upSince.toISOString()])] : []),
        ...notes.map((note) => element('vosi:note', {}, [note])),
      ],
    ),
  );
}
