/** English text → the same in another language. */
export type Glossary = ReadonlyMap<string, string>;

/** Attributes that people read in QGIS, by element. */
const visible: Readonly<Record<string, readonly string[]>> = {
  alias: ['name'],
  category: ['label'],
  range: ['label'],
  rule: ['label', 'description'],
  class: ['label'],
  'data-defined-size-legend': ['title'],
  rampLegendSettings: ['minimumLabel', 'maximumLabel'],
  attributeEditorContainer: ['name'],
  attributeEditorHtmlElement: ['name'],
  actionsetting: ['name', 'shortTitle'],
};

/** How dates are written: they are texts too. */
const dateFormat = /yyyy-MM-dd/g;

/**
 * A QML with every text that people read put through `say`: names of fields and values, legends, forms, actions, map
 * tips and date formats. Expressions are left alone.
 */
export function replaceTexts(qml: string, say: (text: string) => string): string {
  return qml
    .split(/(<!\[CDATA\[.*?\]\]>|<editWidget type="ValueMap">.*?<\/editWidget>)/s)
    .map((part) => {
      if (part.startsWith('<![CDATA[')) return replaceInHtml(part, say);
      if (part.startsWith('<editWidget')) return replaceAttributes(part, { Option: ['name'] }, say);
      return replaceAttributes(part, visible, say);
    })
    .join('')
    .replace(dateFormat, (format) => say(format));
}

function replaceAttributes(xml: string, names: typeof visible, say: (text: string) => string): string {
  return xml.replace(/<([\w-]+)((?:\s+[\w:-]+="[^"]*")+)/g, (tag, element: string, attributes: string) => {
    const wanted = names[element];
    // the list of a value map is an option too, of type List
    if (!wanted || attributes.includes('type="List"')) return tag;
    const said = attributes.replace(/([\w:-]+)="([^"]*)"/g, (whole, name: string, value: string) => {
      return wanted.includes(name) && isText(value) ? `${name}="${escapeXml(say(unescapeXml(value)))}"` : whole;
    });
    return `<${element}${said}`;
  });
}

/** Texts between the tags of HTML; not its scripts nor its `[% expressions %]`. */
function replaceInHtml(cdata: string, say: (text: string) => string): string {
  return cdata
    .split(/(<!\[CDATA\[|\]\]>|\[%.*?%\]|<script>.*?<\/script>|<[^>]*>)/s)
    .map((part, at) => {
      if (at % 2 === 1 || !isText(part)) return part;
      return part.replace(/\S.*\S|\S/s, (text) => say(text));
    })
    .join('');
}

/** Words, and numbers with a decimal point; a bare number is the same in every language. */
const isText = (text: string): boolean => /\p{L}|\d\.\d/u.test(text);

const entities = [
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
] as const;

function escapeXml(text: string): string {
  return entities.reduce((escaped, [character, entity]) => escaped.replaceAll(character, entity), text);
}

function unescapeXml(text: string): string {
  return entities.toReversed().reduce((plain, [character, entity]) => plain.replaceAll(entity, character), text);
}

/** Parses a glossary: CSV of two columns under a header, a field with a comma in quotation marks. */
export function parseGlossary(csv: string): Glossary {
  const [, ...lines] = csv.split(/\r?\n/).filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const fields = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)];
      const [english = '', french = ''] = fields.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
      return [english, french] as const;
    }),
  );
}
