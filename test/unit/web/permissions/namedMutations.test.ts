/**
 * Every mutation of the web application is reached through a control that names it (`needs`, `may` or `refusalOf`), so that pages offer it
 * only to roles that may send it. What all members may do needs no name.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "graphql";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../../../..");
const web = path.join(root, "apps/web/src");

/** Mutations that follow from a control of another one, which everyone who may use that control may send, too. */
const followUps: Readonly<Record<string, { readonly of: readonly string[]; readonly reason: string }>> = {
  createExperiment: { of: ["startEvolution"], reason: "The form of a new run can name a new experiment." },
  restoreComment: { of: ["deleteComment"], reason: "Undo" },
  restoreSavedComparison: { of: ["deleteSavedComparison"], reason: "Undo" },
  restoreView: { of: ["deleteView"], reason: "Undo" },
  undoRemoveMember: { of: ["removeMember"], reason: "Undo" },
  requestUpload: { of: ["registerModel"], reason: "The form's file is sent first." },
  finishUpload: { of: ["registerModel"], reason: "The form's file is sent first." },
  requestUploads: { of: ["startPerturbation"], reason: "The form's photographs are sent first." },
  storePhotos: { of: ["startPerturbation"], reason: "The form's photographs are sent first." },
  deleteUpload: { of: ["registerModel", "startPerturbation"], reason: "A file whose sending was cancelled is deleted." },
};

/** Sent by people who may be no members; the ballot says whether they may vote. */
const ofVoters: ReadonlySet<string> = new Set(["joinStudy", "castVotes", "undoVote", "finishStudy", "withdrawVotes"]);

const members = ["owner", "researcher", "labeller", "viewer"];

/** The roles that may send each mutation, as docs/authorization.md lists them, which the check compares with the code. */
function readRoles(): ReadonlyMap<string, readonly string[]> {
  const table = readFileSync(path.join(root, "docs/authorization.md"), "utf8");
  const rows = table.matchAll(/^\| `Mutation\.(\w+)` \| [^|]+ \| ([^|]+) \|/gm);
  return new Map([...rows].map(([, name = "", roles = ""]) => [name, roles.trim().split(", ")]));
}

/** The mutations of each document of the web application, by the name under which code imports it. */
function readDocuments(): ReadonlyMap<string, readonly string[]> {
  const documents = new Map<string, readonly string[]>();
  for (const file of list(".graphql"))
    for (const definition of parse(readFileSync(file, "utf8")).definitions) {
      if (definition.kind !== "OperationDefinition" || definition.operation !== "mutation") continue;
      const fields = definition.selectionSet.selections.flatMap((field) => (field.kind === "Field" ? [field.name.value] : []));
      documents.set(`${definition.name?.value}Document`, fields);
    }
  return documents;
}

function list(...endings: readonly string[]): readonly string[] {
  const names = readdirSync(web, { recursive: true, encoding: "utf8" });
  const sources = names.filter((name) => endings.some((ending) => name.endsWith(ending)) && !name.includes("generated"));
  return sources.map((name) => path.join(web, name));
}

interface Module {
  readonly imports: readonly string[];
  /** The mutations of the documents that it sends. */
  readonly sent: ReadonlySet<string>;
  /** The mutations that its controls name. */
  readonly named: ReadonlySet<string>;
}

function readModule(file: string, documents: ReadonlyMap<string, readonly string[]>): Module {
  const text = readFileSync(file, "utf8");
  const imports = text.matchAll(/^(?:import|export)(?! type)[^;]*? from "(\.[^"]+)"|import\("(\.[^"]+)"\)/gm);
  return {
    imports: [...imports].map(([, fixed, lazy]) => path.resolve(path.dirname(file), fixed ?? lazy ?? "")),
    sent: new Set([...text.matchAll(/\b\w+Document\b/g)].flatMap(([name]) => documents.get(name) ?? [])),
    named: /\bneeds\b|\bmay\b|\brefusalOf\b|\bMutationName\b/.test(text) ? namesIn(file, text) : new Set(),
  };
}

/** The strings of `needs` in properties, attributes and variables, of variables of names, and of calls of `may` and `refusalOf`. */
function namesIn(file: string, text: string): ReadonlySet<string> {
  const names = new Set<string>();
  const collect = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) names.add(node.text);
    ts.forEachChild(node, collect);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxAttribute(node) && node.name.getText() === "needs" && node.initializer) collect(node.initializer);
    if (ts.isPropertyAssignment(node) && node.name.getText() === "needs") collect(node.initializer);
    if (
      ts.isVariableDeclaration(node) &&
      node.initializer &&
      (node.name.getText() === "needs" || /\bMutationName\b/.test(node.type?.getText() ?? ""))
    )
      collect(node.initializer);
    if (ts.isCallExpression(node) && /(?:^|\.)(?:may|refusalOf)$/.test(node.expression.getText())) node.arguments.forEach(collect);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return names;
}

const documents = readDocuments();
const modules = new Map(list(".ts", ".tsx").map((file) => [file, readModule(file, documents)]));
const roles = readRoles();
const importers = new Map<string, string[]>();
for (const [file, { imports }] of modules) for (const each of imports) importers.set(each, [...(importers.get(each) ?? []), file]);

function reach(starts: readonly string[], next: (file: string) => readonly string[]): readonly string[] {
  const seen = new Set(starts);
  for (const file of seen) for (const each of next(file)) seen.add(each);
  return [...seen];
}

/** The modules that can show controls for what a module sends: itself, what it shows, what shows it, and what that shows beside it. */
function listNear(file: string): readonly string[] {
  const importsOf = (each: string) => modules.get(each)?.imports ?? [];
  const above = reach([file], (each) => importers.get(each) ?? []);
  return [...above, ...above.flatMap(importsOf), ...reach([file, ...(importers.get(file) ?? [])], importsOf)];
}

const isNamedNear = (file: string, mutation: string) => listNear(file).some((each) => modules.get(each)?.named.has(mutation));
const sent = [...modules].flatMap(([file, module]) => [...module.sent].map((mutation) => ({ file, mutation })));
const rolesOf = (mutation: string): readonly string[] => {
  const found = roles.get(mutation);
  if (found === undefined) throw new Error(`docs/authorization.md has no Mutation.${mutation}.`);
  return found;
};
const isForAll = (mutation: string) => members.every((role) => rolesOf(mutation).includes(role));

describe("each mutation that the web application sends", () => {
  it("is named by a control, unless all members may send it", () => {
    const unnamed = sent
      .filter(({ mutation }) => !isForAll(mutation) && !ofVoters.has(mutation))
      .filter(({ file, mutation }) => ![mutation, ...(followUps[mutation]?.of ?? [])].some((name) => isNamedNear(file, name)))
      .map(({ file, mutation }) => `${mutation} in ${path.relative(web, file)}`);
    expect(unnamed).toEqual([]);
  });

  it("comes from a document that some module sends", () => {
    const used = new Set(sent.map(({ mutation }) => mutation));
    expect([...documents.values()].flat().filter((mutation) => !used.has(mutation))).toEqual([]);
    expect(used.size).toBeGreaterThan(100);
  });

  it("may be sent by everyone to whom the control that leads to it is offered", () => {
    const missing = Object.entries(followUps).flatMap(([mutation, { of }]) =>
      of.flatMap((first) =>
        rolesOf(first).flatMap((role) => (rolesOf(mutation).includes(role) ? [] : [`${role}: ${mutation} after ${first}`])),
      ),
    );
    expect(missing).toEqual([]);
  });
});

it("no control names a mutation or an action that the API does not have", () => {
  const known = new Set([
    ...roles.keys(),
    ...[...readFileSync(path.join(root, "docs/authorization.md"), "utf8").matchAll(/\| (\w+:\w+) \|/g)].map(([, action = ""]) => action),
  ]);
  const unknown = [...modules].flatMap(([file, { named }]) =>
    [...named]
      .filter((name) => /^[a-z]+(?:[A-Z:]\w*)+$/.test(name) && !known.has(name))
      .map((name) => `${name} in ${path.relative(web, file)}`),
  );
  expect(unknown).toEqual([]);
});
