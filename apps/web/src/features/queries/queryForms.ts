/**
 * One operation as programs send it: in GraphiQL, with curl, with the CLI, with the client. Each text runs as it is in a POSIX shell or as a
 * module of Node. An API key is read from PAREIDOLIA_TOKEN, so that no key is copied into scripts.
 */
import type { QueryAccess, ShownQuery } from "./shownQuery.ts";

/** A text to copy. */
interface QueryText {
  /** Where it goes, such as "Variables". */
  readonly title: string;
  readonly text: string;
}

export interface QueryForm {
  readonly id: string;
  readonly label: string;
  /** Whether it can send the headers that `access` needs. */
  canSend(access: QueryAccess): boolean;
  /** How it signs in; null if it reads an API key from PAREIDOLIA_TOKEN. */
  readonly signIn: string | null;
  texts(query: ShownQuery, access: QueryAccess): readonly QueryText[];
}

const isEmpty = (value: object): boolean => Object.keys(value).length === 0;
const pretty = (value: unknown): string => JSON.stringify(value, null, 2);

/** One word of a POSIX shell: in single quotes, nothing but a single quote has a meaning. */
function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A here-document, which the shell passes on as it is. Its last line is one that the text does not contain. */
function hereDocument(text: string, end: string): string {
  let last = end;
  while (text.split("\n").includes(last)) last += "_";
  return `<<'${last}'\n${text}\n${last}`;
}

/** A template literal of JavaScript. */
function templateLiteral(text: string): string {
  return `\`${text.replaceAll("\\", "\\\\").replaceAll("`", "\\`").replaceAll("${", "\\${")}\``;
}

const isMutation = (document: string): boolean => /^\s*mutation\b/.test(document);
const indent = (text: string, by: string): string => text.replaceAll("\n", `\n${by}`);

const graphiql: QueryForm = {
  id: "graphiql",
  label: "GraphiQL",
  signIn: "GraphiQL sends it with your own session.",
  canSend: () => true,
  texts: ({ document, variables }, { headers }) => [
    { title: "Query", text: document },
    ...(isEmpty(variables) ? [] : [{ title: "Variables", text: pretty(variables) }]),
    ...(isEmpty(headers) ? [] : [{ title: "Headers", text: pretty(headers) }]),
  ],
};

const curl: QueryForm = {
  id: "curl",
  label: "curl",
  signIn: null,
  canSend: () => true,
  texts({ document, variables }, { origin, needsKey, headers }) {
    const body = pretty(isEmpty(variables) ? { query: document } : { query: document, variables });
    const lines = [
      `curl --silent --show-error ${shellWord(`${origin}/graphql`)}`,
      ...(needsKey ? ['--header "Authorization: Bearer $PAREIDOLIA_TOKEN"'] : []),
      ...Object.entries(headers).map(([name, value]) => `--header ${shellWord(`${name}: ${value}`)}`),
      `--header ${shellWord("Content-Type: application/json")}`,
      `--data-binary @- ${hereDocument(body, "JSON")}`,
    ];
    return [{ title: "Shell", text: lines.join(" \\\n  ") }];
  },
};

const cli: QueryForm = {
  id: "cli",
  label: "CLI",
  signIn: "Sign in first with pareidolia login.",
  canSend: ({ headers }) => isEmpty(headers),
  texts({ document, variables }) {
    const given = isEmpty(variables) ? "" : ` --variables ${shellWord(pretty(variables))}`;
    return [{ title: "Shell", text: `pareidolia api -${given} ${hereDocument(document, "GRAPHQL")}` }];
  },
};

const client: QueryForm = {
  id: "client",
  label: "Client",
  signIn: null,
  canSend: ({ headers }) => isEmpty(headers),
  texts({ document, variables }, { origin, needsKey }) {
    const settings = [`url: ${JSON.stringify(origin)}`, ...(needsKey ? ["token: process.env.PAREIDOLIA_TOKEN"] : [])].join(", ");
    const given = isEmpty(variables) ? "" : `,\n  ${indent(pretty(variables), "  ")}`;
    return [
      {
        title: "Module",
        text: [
          'import { createClient } from "@pareidolia/client";',
          "",
          `const client = createClient({ ${settings} });`,
          `const data = await client.${isMutation(document) ? "mutate" : "query"}(\n  ${templateLiteral(document)}${given},\n);`,
          "console.log(JSON.stringify(data, null, 2));",
        ].join("\n"),
      },
    ];
  },
};

export const queryForms: readonly QueryForm[] = [graphiql, curl, cli, client];

/** The path of GraphiQL with the operation in its editors. Servers see no fragment, so it may be long and have the secret of a link. */
export function explorerPath({ document, variables }: ShownQuery, { headers }: QueryAccess): string {
  const parameters = new URLSearchParams({ query: document });
  if (!isEmpty(variables)) parameters.set("variables", pretty(variables));
  if (!isEmpty(headers)) parameters.set("headers", pretty(headers));
  return `/graphiql#${parameters}`;
}
