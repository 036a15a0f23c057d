import { softwareVersion } from '../package-root.ts';
import { exampleQueries } from '../vosi/example-queries.ts';
import { element, renderElement, type XmlElement, type XmlNode } from '../xml.ts';
import { startPageStyle } from './start-page-style.ts';

export interface StartPage {
  readonly baseUrl: string;
  /** What stands in the box to begin with. */
  readonly query: string;
}

/** What a person sees who opens the service in a browser: ask, see what there is, use other tools. */
export function startPage({ baseUrl, query }: StartPage): string {
  const page = element('html', { lang: 'en' }, [
    head,
    element('body', {}, [
      element('h1', {}, ['cloudtap']),
      paragraph(
        'Ask with ADQL for astronomical observations and get, row by row, where each file lies in the cloud.',
      ),
      heading('Ask'),
      queryForm(baseUrl, query),
      paragraph('Or begin with one of these:'),
      element('ul', {}, exampleQueries.map(exampleItem)),
      heading('Ask with other tools'),
      element('dl', {}, tools(baseUrl)),
      heading('See what there is'),
      element('ul', {}, documents(baseUrl)),
      element('footer', {}, [`${softwareVersion}. An IVOA TAP 1.1 service with ADQL 2.1.`]),
    ]),
  ]);
  return `<!DOCTYPE html>\n${renderElement(page)}\n`;
}

const head = element('head', {}, [
  element('meta', { charset: 'utf-8' }),
  element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
  element('title', {}, ['cloudtap']),
  // No request for /favicon.ico.
  element('link', { rel: 'icon', href: 'data:,' }),
  element('style', {}, [startPageStyle]),
]);

/** Values of RESPONSEFORMAT, and what they are to a person. */
const formats: Readonly<Record<string, string>> = {
  html: 'a table here (100 rows)',
  csv: 'CSV',
  votable: 'VOTable',
  fits: 'FITS table',
  parquet: 'Parquet',
  json: 'JSON',
  'uri-list': 'a list of URIs',
  s5cmd: 'commands for s5cmd',
};

/** By GET: the URL of an answer can be kept and sent to others. */
function queryForm(baseUrl: string, query: string): XmlElement {
  const options = Object.entries(formats).map(([value, name]) =>
    element('option', { value }, [name]),
  );
  return element('form', { action: `${baseUrl}/sync`, method: 'get' }, [
    element('input', { type: 'hidden', name: 'LANG', value: 'ADQL' }),
    element(
      'textarea',
      { name: 'QUERY', rows: '8', spellcheck: 'false', required: '', 'aria-label': 'ADQL query' },
      [query],
    ),
    element('p', {}, [
      element('label', {}, ['Answer: ', element('select', { name: 'RESPONSEFORMAT' }, options)]),
      element('label', {}, [
        'Rows at most: ',
        element('input', { type: 'number', name: 'MAXREC', min: '0', placeholder: 'default' }),
      ]),
      element('button', {}, ['Run']),
    ]),
  ]);
}

/** The page itself, with that query in the box. */
function exampleItem({ name, description, query }: (typeof exampleQueries)[number]): XmlElement {
  const href = `?${new URLSearchParams({ QUERY: query }).toString()}`;
  return element('li', {}, [element('a', { href, title: description }, [name])]);
}

function tools(baseUrl: string): readonly XmlElement[] {
  return [
    ...tool('TOPCAT, Aladin, STILTS and other VO software: the TAP URL is', baseUrl),
    ...tool(
      'Python',
      `import pyvo\nservice = pyvo.dal.TAPService("${baseUrl}")\ntable = service.run_sync(query).to_table()`,
    ),
    ...tool(
      'Shell',
      `curl ${baseUrl}/sync -d LANG=ADQL -d FORMAT=csv --data-urlencode QUERY="$QUERY"`,
    ),
  ];
}

function tool(name: string, code: string): readonly XmlElement[] {
  return [element('dt', {}, [name]), element('dd', {}, [element('pre', {}, [code])])];
}

function documents(baseUrl: string): readonly XmlElement[] {
  const columns = exampleQueries.find(({ id }) => id === 'columns');
  const asked = new URLSearchParams({ LANG: 'ADQL', FORMAT: 'html', QUERY: columns?.query ?? '' });
  const items: readonly (readonly XmlNode[])[] = [
    [link(`${baseUrl}/sync?${asked.toString()}`, 'The columns of ivoa.obscore'), ', as a table'],
    [link(`${baseUrl}/tables`, 'Tables'), ': all tables and columns, as XML'],
    [link(`${baseUrl}/examples`, 'Examples'), ': what can be asked, with explanations'],
    [link(`${baseUrl}/capabilities`, 'Capabilities'), ': limits, formats, functions, as XML'],
    [link(`${baseUrl}/availability`, 'Availability'), ': whether it works'],
  ];
  return items.map((item) => element('li', {}, item));
}

function link(href: string, text: string): XmlElement {
  return element('a', { href }, [text]);
}

function heading(text: string): XmlElement {
  return element('h2', {}, [text]);
}

function paragraph(text: string): XmlElement {
  return element('p', {}, [text]);
}
