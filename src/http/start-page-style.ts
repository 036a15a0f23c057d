/** No character here that XML would escape: in HTML a style is taken as it stands. */
export const startPageStyle = `
:root { color-scheme: light dark; --line: #8885; --link: #0b62c4; }
@media (prefers-color-scheme: dark) { :root { --link: #7db7ff; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 54rem; margin: 2rem auto; padding: 0 1rem; }
h1 { margin: 0; } h2 { font-size: 1.1rem; margin: 2rem 0 0.5rem; }
a { color: var(--link); }
code, pre, textarea { font: 0.875rem/1.5 ui-monospace, monospace; }
pre { border: 1px solid var(--line); border-radius: 6px; padding: 0.6rem 0.8rem; overflow-x: auto; margin: 0.5rem 0; }
textarea { box-sizing: border-box; width: 100%; padding: 0.6rem 0.8rem; border: 1px solid var(--line); border-radius: 6px; }
form p { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center; margin: 0.5rem 0; }
select, input, button { font: inherit; padding: 0.25rem 0.5rem; }
input[name=MAXREC] { width: 8rem; }
button { padding: 0.25rem 1.5rem; font-weight: bold; }
ul { padding-left: 1.2rem; margin: 0.5rem 0; }
dt { font-weight: bold; } dd { margin: 0 0 0.5rem; }
footer { margin-top: 2rem; border-top: 1px solid var(--line); padding-top: 0.5rem; font-size: 0.875rem; }
`;
