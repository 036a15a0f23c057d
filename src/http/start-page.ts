import { softwareVersion } from '../package-root.ts';
import { exampleQuery } from '../tap/example-query.ts';
import { element, renderElement } from '../xml.ts';

/** What a person sees who opens the service in a browser. */
export function startPage(baseUrl: string): string {
  const example = `${baseUrl}/sync?${new URLSearchParams({
    LANG: 'ADQL',
    RESPONSEFORMAT: 'csv',
    QUERY: exampleQuery,
  }).toString()}`;
  const page = element('html', { lang: 'en' }, [
    element('head', {}, [
      element('meta', { charset: 'utf-8' }),
      element('title', {}, ['cloudtap']),
      element('style', {}, ['body{font:16px sans-serif;max-width:50em;margin:2em auto}']),
    ]),
    element('body', {}, [
      element('h1', {}, ['cloudtap']),
      element('p', {}, [
        'An IVOA TAP service whose answers carry cloud locations. Its URL, for TOPCAT, pyvo and others:',
      ]),
      element('pre', {}, [baseUrl]),
      element('p', {}, [
        'A query to try: which S3 objects hold the TESS images of sector 12, camera 3, CCD 4?',
      ]),
      element('pre', {}, [exampleQuery]),
      element('p', {}, [link(example, 'Its answer as CSV')]),
      element('pre', {}, [
        `import pyvo\nservice = pyvo.dal.TAPService("${baseUrl}")\nimages = service.run_sync("""${exampleQuery}""")`,
      ]),
      element('p', {}, [
        link(`${baseUrl}/examples`, 'Examples'),
        ' ',
        link(`${baseUrl}/tables`, 'Tables'),
        ' ',
        link(`${baseUrl}/capabilities`, 'Capabilities'),
        ' ',
        link(`${baseUrl}/availability`, 'Availability'),
      ]),
      element('p', {}, [softwareVersion]),
    ]),
  ]);
  return `<!DOCTYPE html>\n${renderElement(page)}\n`;
}

function link(href: string, text: string): ReturnType<typeof element> {
  return element('a', { href }, [text]);
}
