import { create, fragment } from 'xmlbuilder2';

/** An element as data: prefixes are part of the name, namespaces are `xmlns` attributes. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: XmlAttributes;
  readonly children: readonly XmlNode[];
}

/** In the order of writing; an attribute that is null is left out. */
export type XmlAttributes = Readonly<Record<string, string | null>>;

/** A place in a document where something else is set in: written as `<?name?>`. */
export interface XmlMarker {
  readonly marker: string;
}

export type XmlNode = XmlElement | XmlMarker | string;

export function element(
  name: string,
  attributes: XmlAttributes = {},
  children: readonly XmlNode[] = [],
): XmlElement {
  return { name, attributes, children };
}

/** `<name>text</name>`, or nothing when there is no text. */
export function optionalText(name: string, text: string | null): readonly XmlElement[] {
  return text === null || text === '' ? [] : [element(name, {}, [text])];
}

/** A whole document in UTF-8. Characters that XML 1.0 forbids are dropped. */
export function renderDocument(root: XmlElement): string {
  const document = create({ version: '1.0', encoding: 'UTF-8', invalidCharReplacement: '' });
  append(document, root);
  return `${keepWhiteSpace(document.end({ prettyPrint: true, indent: ' ' }))}\n`;
}

/** One element without an XML declaration, to be set in at a marker. */
export function renderElement(root: XmlElement): string {
  const piece = fragment({ invalidCharReplacement: '' });
  append(piece, root);
  return keepWhiteSpace(piece.toString());
}

type Builder = ReturnType<typeof create>;

function append(parent: Builder, node: XmlNode): void {
  if (typeof node === 'string') parent.txt(node);
  else if ('marker' in node) parent.ins(node.marker);
  else appendElement(parent, node);
}

function appendElement(parent: Builder, node: XmlElement): void {
  const written = parent.ele(node.name);
  for (const [name, text] of Object.entries(node.attributes)) {
    if (text !== null) written.att(name, text);
  }
  for (const child of node.children) append(written, child);
}

/**
 * Parsers turn a raw newline in an attribute into a blank and a raw CR anywhere into a newline,
 * which would join a query's comment with the line below it: so they leave as references.
 * Only attribute values hold such characters between `<` and `>`; `>` itself is escaped in them.
 */
function keepWhiteSpace(xml: string): string {
  return xml
    .replaceAll(/<[^<>]+>/g, (tag) =>
      tag.replaceAll('\n', '&#10;').replaceAll('\t', '&#9;').replaceAll('\r', '&#13;'),
    )
    .replaceAll('\r', '&#13;');
}
