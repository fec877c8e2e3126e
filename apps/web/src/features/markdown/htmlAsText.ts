/** A remark plugin that shows HTML in Markdown as the text that it is. Otherwise the sanitiser would drop it, and with it what a member wrote. */
interface MarkdownNode {
  type: string;
  value?: string;
  children?: MarkdownNode[];
}

/** Blocks of HTML become paragraphs, and HTML within a line becomes text. */
const blocks: ReadonlySet<string> = new Set(["root", "blockquote", "listItem", "footnoteDefinition"]);

function convert(parent: MarkdownNode): void {
  if (parent.children === undefined) return;
  parent.children = parent.children.map((node): MarkdownNode => {
    convert(node);
    if (node.type !== "html") return node;
    const text = { type: "text", value: node.value ?? "" };
    return blocks.has(parent.type) ? { type: "paragraph", children: [text] } : text;
  });
}

export function htmlAsText(): (tree: MarkdownNode) => void {
  return convert;
}
