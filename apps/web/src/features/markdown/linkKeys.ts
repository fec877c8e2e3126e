/** A remark plugin that links keys of runs, experiments, sweeps and studies, such as RUN-12, to their pages. Code and links stay as they are. */
import { pathOfSubject } from "@pareidolia/core/notifications/notificationKinds";

interface MarkdownNode {
  type: string;
  value?: string;
  url?: string;
  children?: MarkdownNode[];
}

const key = /(?<![\w/-])(?:RUN|EXP|SWP|STU)-[1-9]\d{0,8}(?![\w-])/gu;

function splitText(value: string): MarkdownNode[] {
  const parts: MarkdownNode[] = [];
  let end = 0;
  for (const { 0: found, index } of value.matchAll(key)) {
    parts.push({ type: "text", value: value.slice(end, index) });
    parts.push({ type: "link", url: pathOfSubject(found), children: [{ type: "text", value: found }] });
    end = index + found.length;
  }
  return [...parts, { type: "text", value: value.slice(end) }].filter(({ value: text }) => text !== "");
}

function convert(parent: MarkdownNode): void {
  if (parent.children === undefined || parent.type === "link" || parent.type === "linkReference") return;
  parent.children = parent.children.flatMap((node) => {
    convert(node);
    return node.type === "text" ? splitText(node.value ?? "") : [node];
  });
}

export function linkKeys(): (tree: MarkdownNode) => void {
  return convert;
}
