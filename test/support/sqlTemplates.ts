/** Finds the SQL in our sources with the TypeScript compiler's parser. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

interface SqlTemplate {
  /** File and line. */
  readonly place: string;
  /** The texts between the parameters. */
  readonly strings: readonly string[];
}

export interface SqlSources {
  /** Templates with the tag `Prisma.sql`, `$queryRaw` or `$executeRaw`. */
  readonly templates: readonly SqlTemplate[];
  /** Calls that send any other text, whose value is known only at run time. */
  readonly otherCalls: readonly { readonly file: string; readonly method: string }[];
}

const root = path.join(import.meta.dirname, "../..");
const rawTags = new Set(["$queryRaw", "$executeRaw"]);
const textCalls = new Set(["$queryRawUnsafe", "$executeRawUnsafe", "query"]);

function nameOf(expression: ts.Expression): string | null {
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : null;
}

function isSqlTag(tag: ts.Expression): boolean {
  const name = nameOf(tag);
  return name !== null && (rawTags.has(name) || tag.getText() === "Prisma.sql");
}

function stringsOf({ template }: ts.TaggedTemplateExpression): readonly string[] {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return [template.text];
  return [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)];
}

/** The method, if the call sends a text that is not a template in the call itself. */
function methodWithOtherText(call: ts.CallExpression): string | null {
  const name = nameOf(call.expression);
  if (name === null) return null;
  const [text] = call.arguments;
  const isTemplate = text !== undefined && ts.isTaggedTemplateExpression(text) && isSqlTag(text.tag);
  return textCalls.has(name) || (rawTags.has(name) && !isTemplate) ? name : null;
}

/** Every TypeScript file of these folders, relative to the repository, without generated code. */
export function listSources(folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.tsx?$/.test(file) && !/(^|\/)(node_modules|dist|generated|\.next)\//.test(file))
      .map((file) => path.posix.join(folder, file)),
  );
}

export function parseSource(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(path.join(root, file), "utf8"), ts.ScriptTarget.Latest, true);
}

function mayHaveSql(file: string): boolean {
  return /\.sql|\$queryRaw|\$executeRaw|\.query/.test(readFileSync(path.join(root, file), "utf8"));
}

export function findSql(files: readonly string[]): SqlSources {
  const templates: SqlTemplate[] = [];
  const otherCalls: { file: string; method: string }[] = [];
  for (const file of files.filter(mayHaveSql)) {
    const source = parseSource(file);
    const visit = (node: ts.Node): void => {
      const method = ts.isCallExpression(node) ? methodWithOtherText(node) : null;
      if (method !== null) otherCalls.push({ file, method });
      if (ts.isTaggedTemplateExpression(node) && isSqlTag(node.tag)) {
        const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
        templates.push({ place: `${file}:${line}`, strings: stringsOf(node) });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return { templates, otherCalls };
}
