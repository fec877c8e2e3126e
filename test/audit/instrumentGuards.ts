/**
 * Finds every call of the policy in the API's sources by parsing them, and puts a switch before each, with which a run of the matrix removes
 * one guard at a time. Nothing lists the guards, so a new one is found by itself.
 */
import path from "node:path";
import ts from "typescript";
import type { Plugin } from "vitest/config";

const sources = path.resolve(import.meta.dirname, "../../apps/api/src");

export interface FoundGuard {
  /** Such as "run/run.service.ts:51 policy.only(run:read)". */
  readonly name: string;
  readonly method: string;
  /** Where `policy` starts in the text. */
  readonly start: number;
}

/** The policy itself is what the guards call. */
function hasGuards(file: string): boolean {
  return file.startsWith(`${sources}${path.sep}`) && !file.startsWith(path.join(sources, "policy"));
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
      found.push({ name: `${path.relative(sources, file)}:${line + 1} policy.${method}(${named})`, method, start });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Replaces `policy` by `guardSwitch(name, policy)`, which is the policy, or one that lets everything pass. */
export function instrumentGuards(): Plugin {
  return {
    name: "instrument-guards",
    enforce: "pre",
    transform(text, id) {
      const file = id.split("?")[0] ?? id;
      if (!hasGuards(file) || !text.includes("policy.")) return null;
      let changed = text;
      for (const { name, start } of findGuards(file, text).toReversed())
        changed = `${changed.slice(0, start)}globalThis.guardSwitch(${JSON.stringify(name)}, policy)${changed.slice(start + "policy".length)}`;
      return { code: changed, map: null };
    },
  };
}
