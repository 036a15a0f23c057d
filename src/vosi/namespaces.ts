/** Clients look for these very prefixes in xsi:type (tap.md section 9, C5). */
export const namespaces = {
  vr: 'http://www.ivoa.net/xml/VOResource/v1.0',
  vs: 'http://www.ivoa.net/xml/VODataService/v1.1',
  tr: 'http://www.ivoa.net/xml/TAPRegExt/v1.0',
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
} as const;
