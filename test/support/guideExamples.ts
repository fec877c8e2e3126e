/**
 * The examples of the guides in docs/. A fenced block marked `run` is an example: GraphQL, a shell command or a module of Node. A block of
 * `variables` and one of the `answer` may follow it. In an answer, "…" stands for any value, at the end of a
 * list for any further ones, and in text for any characters.
 */

export interface GuideExample {
  readonly language: "graphql" | "sh" | "js";
  /** The line of the guide, from 1. */
  readonly line: number;
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly answer: { readonly language: "json" | "text"; readonly text: string };
}

const fence = /^```(\w+) (run|variables|answer)\n(.*?)\n```$/gms;

/** @throws Error for an example without an answer, or an answer without an example. */
export function readGuideExamples(guide: string): readonly GuideExample[] {
  const examples: GuideExample[] = [];
  let open: Omit<GuideExample, "answer"> | null = null as Omit<GuideExample, "answer"> | null;
  for (const { 1: language, 2: role, 3: text = "", index } of guide.matchAll(fence)) {
    const line = guide.slice(0, index).split("\n").length;
    if (role === "run") {
      if (open !== null) throw new Error(`The example in line ${open.line} has no answer.`);
      open = { language: language as GuideExample["language"], line, text, variables: {} };
    } else if (open === null) throw new Error(`Line ${line} belongs to no example.`);
    else if (role === "variables") open = { ...open, variables: JSON.parse(text) };
    else {
      examples.push({ ...open, answer: { language: language as "json" | "text", text } });
      open = null;
    }
  }
  if (open !== null) throw new Error(`The example in line ${open.line} has no answer.`);
  return examples;
}

/** Whether a value is what the answer says. */
export function matchesAnswer(answer: unknown, value: unknown): boolean {
  if (answer === "…") return value !== undefined && value !== null;
  if (typeof answer !== "object" || answer === null) return answer === value;
  if (typeof value !== "object" || value === null || Array.isArray(answer) !== Array.isArray(value)) return false;
  if (Array.isArray(answer) && answer.at(-1) === "…") {
    const first = answer.slice(0, -1);
    return matchesAnswer(first, (value as readonly unknown[]).slice(0, first.length));
  }
  const [expected, actual] = [answer as Readonly<Record<string, unknown>>, value as Readonly<Record<string, unknown>>];
  const keys = Object.keys(expected);
  return keys.length === Object.keys(actual).length && keys.every((key) => matchesAnswer(expected[key], actual[key]));
}

/** Whether each line of the answer is one of the output, in the same order. */
export function hasLines(answer: string, output: string): boolean {
  const lines = output.split("\n").map((line) => line.trimEnd());
  let from = 0;
  return answer.split("\n").every((expected) => {
    const parts = expected.split("…").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const found = lines.slice(from).findIndex((line) => new RegExp(`^${parts.join(".*")}$`).test(line));
    from += found + 1;
    return found >= 0;
  });
}
