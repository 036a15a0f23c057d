/** `json` is an xtype of DALI 1.2, which no STILTS knows yet; readers of cloud_access need it. */
export function isNewerXtype(line: string): boolean {
  return /Non-DALI( 1\.1)? xtype value "json"/.test(line);
}

/** What taplint reports though there is nothing to be cured here. */
const isExplained: readonly ((line: string) => boolean)[] = [
  isNewerXtype,
  // ADQL 2.1 has this feature type, for COALESCE; STILTS 3.5 knows it, 3.4.7 of Debian 12 does not.
  (line) => /^E-CAP-KEYX-\d+ .*#features-adql-conditional"/.test(line),
  // ObsLocTAP describes plans of observations; a catalogue of files has none.
  (line) => /^F-LOC-NOTP-\d+ No table with name ivoa.obsplan/.test(line),
];

/** Errors, warnings and failures in a report of `stilts taplint` that nobody explained; null for none. */
export function judgeTaplint(report: string): string | null {
  if (!/^Totals: /m.test(report)) return `taplint did not end: ${report.slice(-300)}`;
  const complaints = report.split('\n').filter((line) => /^[EWF]-/.test(line));
  const unexplained = complaints.filter((line) => !isExplained.some((explains) => explains(line)));
  return unexplained.length === 0 ? null : unexplained.join('\n');
}
