import { element, renderDocument, type XmlElement } from '../xml.ts';
import { type ExampleQuery, exampleQueries } from './example-queries.ts';

/** XHTML is for clients that read it as XML, and browsers show it all the same. */
export const examplesMediaType = 'application/xhtml+xml;charset=utf-8';

/** `/examples` (DALI 1.1, "DALI-examples"; TAP 1.1, "examples"): XHTML with RDFa. */
export function examplesDocument(): string {
  return renderDocument(
    element('html', { xmlns: 'http://www.w3.org/1999/xhtml', lang: 'en' }, [
      element('head', {}, [element('title', {}, ['Examples for this TAP service'])]),
      element('body', { vocab: 'http://www.ivoa.net/rdf/examples#' }, [
        element('h1', {}, ['Examples for this TAP service']),
        ...exampleQueries.map(exampleElement),
      ]),
    ]),
  );
}

function exampleElement({ id, name, description, query, tables }: ExampleQuery): XmlElement {
  return element('div', { typeof: 'example', id, resource: `#${id}` }, [
    element('h2', { property: 'name' }, [name]),
    // No property: the vocabulary of the IVOA has none for it (http://www.ivoa.net/rdf/examples).
    element('p', {}, [description]),
    element('pre', { property: 'query' }, [query]),
    element('p', {}, [
      'Tables: ',
      ...tables.map((table) => element('code', { property: 'table' }, [table])),
    ]),
  ]);
}
