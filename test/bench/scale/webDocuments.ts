/** The GraphQL documents that the web pages send, each with its fragments. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type DefinitionNode, type FragmentDefinitionNode, Kind, parse, print, visit } from "graphql";

const sources = fileURLToPath(new URL("../../../apps/web/src", import.meta.url));

export async function readWebDocuments(): Promise<(name: string, first?: number) => string> {
  const files = (await readdir(sources, { recursive: true })).filter((file) => file.endsWith(".graphql"));
  const texts = await Promise.all(files.map((file) => readFile(path.join(sources, file), "utf8")));
  const definitions = texts.flatMap((text) => parse(text).definitions);
  const fragments = new Map(
    definitions
      .filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((node) => [node.name.value, node]),
  );
  const fragmentsOf = (node: DefinitionNode, found = new Set<FragmentDefinitionNode>()): Set<FragmentDefinitionNode> => {
    visit(node, {
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value);
        if (fragment === undefined || found.has(fragment)) return;
        found.add(fragment);
        fragmentsOf(fragment, found);
      },
    });
    return found;
  };
  /** @param first replaces literal numbers of rows, so that two databases return equally many. */
  return (name, first) => {
    const operation = definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION && node.name?.value === name);
    if (operation === undefined) throw new Error(`No page sends an operation "${name}".`);
    const text = [operation, ...fragmentsOf(operation)].map((node) => print(node)).join("\n");
    return first === undefined ? text : text.replace(/\bfirst: \d+/g, `first: ${first}`);
  };
}
