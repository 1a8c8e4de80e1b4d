import type { Language } from '../errors.ts';

/** Text as HTML shows it: nothing from the database or a request is ever read as markup. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** A link; both parts are plain text. */
export function link(href: string, text: string): string {
  return `<a href="${escapeHtml(href)}">${escapeHtml(text)}</a>`;
}

/** A table; its cells are HTML already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (tag: 'th' | 'td', row: readonly string[]): string =>
    `<tr>${row.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  return `<div class="scroll"><table><thead>${cells('th', head)}</thead><tbody>${rows
    .map((row) => cells('td', row))
    .join('\n')}</tbody></table></div>`;
}

/** A page for people to read, in the manner of the map page. `body` is HTML already. */
export function htmlPage(title: string, language: Language, body: string): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Rivage</title>
<link rel="icon" href="/page/mark.svg" type="image/svg+xml">
<link rel="stylesheet" href="/page/document.css">
</head>
<body>
<nav>${link('/', 'Rivage')} · ${link('/api', 'API')} · ${link('/ogc?f=html', 'OGC API Features')}</nav>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>
`;
}
