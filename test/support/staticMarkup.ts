/** The elements of HTML that React has rendered to static markup, which is well formed: every element is closed, or has no content. */

export interface MarkupElement {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly parent: MarkupElement | null;
  readonly children: (MarkupElement | string)[];
}

const empty = new Set(["br", "hr", "img", "input", "link", "meta"]);
const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'" };
const decoded = (text: string): string => text.replace(/&([^;]+);/g, (whole, name: string) => entities[name] ?? whole);

export function parseMarkup(html: string): MarkupElement {
  const root: MarkupElement = { tag: "root", attributes: {}, parent: null, children: [] };
  let inside = root;
  for (const [part, closing, tag, given = "", selfClosing] of html.matchAll(/<(\/?)([a-zA-Z][\w-]*)((?:\s[^<>]*?)?)(\/?)>|[^<]+/g)) {
    if (tag === undefined) {
      inside.children.push(decoded(part));
      continue;
    }
    if (closing === "/") {
      if (inside.tag !== tag || inside.parent === null) throw new Error(`</${tag}> closes <${inside.tag}>.`);
      inside = inside.parent;
      continue;
    }
    const attributes = Object.fromEntries(
      [...given.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)].map(([, name = "", value = ""]) => [name, decoded(value)]),
    );
    const element: MarkupElement = { tag, attributes, parent: inside, children: [] };
    inside.children.push(element);
    if (selfClosing !== "/" && !empty.has(tag)) inside = element;
  }
  if (inside !== root) throw new Error(`<${inside.tag}> is not closed.`);
  return root;
}

/** Without the titles of charts, which are no text of the page. */
export const textOf = (element: MarkupElement): string =>
  element.children
    .map((child) => (typeof child === "string" ? child : child.tag === "title" ? "" : textOf(child)))
    .join(" ")
    .replace(/\s+/g, " ");

export function descendants(element: MarkupElement): MarkupElement[] {
  return element.children.flatMap((child) => (typeof child === "string" ? [] : [child, ...descendants(child)]));
}

/** The element itself first, then outwards. */
export function ancestors(element: MarkupElement): MarkupElement[] {
  return element.parent === null ? [element] : [element, ...ancestors(element.parent)];
}
