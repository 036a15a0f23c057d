const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Text as the content of an element, or of an attribute in double quotes. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => references[character] ?? '');
}

/** A link that tells its target nothing of where it was found: queries can be confidential. */
export function link(url: string, text: string): string {
  return `<a href="${escaped(url)}" rel="noreferrer">${escaped(text)}</a>`;
}
