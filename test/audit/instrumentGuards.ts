/**
 * Finds every call of the policy in the API's sources by parsing them, and puts a switch before each, with which a run of the matrix
 * removes one guard at a time. No list of guards is kept, so new guards are found automatically.
 */
import path from "node:path";
import ts from "typescript";
import type { Plugin } from "vitest/config";

export const sources = path.resolve(import.meta.dirname, "../../apps/api/src");

export interface FoundGuard {
  /** Such as "run/run.service.ts:51 policy.only(run:read)". */
  readonly name: string;
  readonly method: string;
  /** Whether nothing uses its result, so that the call only permits. */
  readonly isStatement: boolean;
  /** Where `policy` starts in the text. */
  readonly start: number;
}

/** All sources but the policy itself, which is what the guards call. */
export function isGuarded(file: string): boolean {
  if (!file.startsWith(`${sources}${path.sep}`) || !file.endsWith(".ts")) return false;
  return path.dirname(file) !== path.join(sources, "policy") || path.basename(file) === "guardRoots.ts";
}

export function findGuards(file: string, text: string): FoundGuard[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: FoundGuard[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      ts.isIdentifier(node.expression.expression) &&
      node.expression.expression.text === "policy"
    ) {
      const start = node.expression.expression.getStart();
      const { line } = source.getLineAndCharacterOfPosition(start);
      const method = node.expression.name.text;
      const [, action] = node.arguments;
      const named = action === undefined ? "" : ts.isStringLiteral(action) ? action.text : action.getText();
      found.push({
        name: `${path.relative(sources, file)}:${line + 1} policy.${method}(${named})`,
        method,
        isStatement: ts.isExpressionStatement(node.parent),
        start,
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Replaces `policy` with the result of `guardSwitch` for the call; keeps `policy` where a test does not define the switch. */
export function instrumentGuards(): Plugin {
  return {
    name: "instrument-guards",
    enforce: "pre",
    transform(text, id) {
      const file = id.split("?")[0] ?? id;
      if (!isGuarded(file) || !text.includes("policy.")) return null;
      let changed = text;
      for (const { name, start } of findGuards(file, text).toReversed())
        changed = `${changed.slice(0, start)}(globalThis.guardSwitch?.(${JSON.stringify(name)}, policy) ?? policy)${changed.slice(start + "policy".length)}`;
      return { code: changed, map: null };
    },
  };
}
