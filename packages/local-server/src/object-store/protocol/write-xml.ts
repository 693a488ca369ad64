/** An element's content: text, child elements, or a list for an element that repeats. */
export type XmlContent = string | number | boolean | XmlElements;
export interface XmlElements {
  readonly [name: string]: XmlContent | readonly XmlContent[] | undefined;
}

/**
 * An XML document with one root in S3's namespace. A list repeats its element, undefined leaves it out. Control
 * characters of keys become numeric references, as Amazon writes them.
 */
export function writeXml(root: string, content: string | XmlElements): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${written(content)}</${root}>`;
}

/** The document of a refusal; S3 writes it without a namespace. */
export function writeErrorXml(error: {
  readonly code: string;
  readonly message: string;
  readonly resource: string;
  readonly requestId: string;
}): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${inner({
    Code: error.code,
    Message: error.message,
    Resource: error.resource,
    RequestId: error.requestId,
  })}</Error>`;
}

function inner(elements: XmlElements): string {
  let text = '';
  for (const [name, content] of Object.entries(elements)) {
    if (content === undefined) continue;
    for (const one of isList(content) ? content : [content]) text += `<${name}>${written(one)}</${name}>`;
  }
  return text;
}

function isList(content: XmlContent | readonly XmlContent[]): content is readonly XmlContent[] {
  return Array.isArray(content);
}

function written(content: XmlContent): string {
  return typeof content === 'object' ? inner(content) : escapeXml(String(content));
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"'\ufffe\uffff]|\p{Cc}/gu, (character) => `&#${character.codePointAt(0)};`);
}
