/** Reads the actions of root fields and object types from the schema, and formats docs/authorization.md. */
import { keyScopes, roles } from "@pareidolia/core/actor";
import { type GraphQLSchema, isObjectType } from "graphql";
import { scopeOf } from "./actions.ts";
import { listActions, rolesOf } from "./policy.ts";
import { everySender, type Guard, signedIn } from "./requires.ts";

export interface Guarded {
  /** `Query.runs` for a root field, `Elite` for an object type. */
  readonly name: string;
  readonly action: Guard;
}

export interface Authorization {
  readonly rootFields: readonly Guarded[];
  readonly objectTypes: readonly Guarded[];
  /** Root fields and object types that declare no action. */
  readonly unguarded: readonly string[];
}

interface Declared {
  readonly name: string;
  readonly action: unknown;
}

export function readAuthorization(schema: GraphQLSchema): Authorization {
  const guards: ReadonlySet<unknown> = new Set([signedIn, everySender, ...listActions()]);
  const isGuard = (value: unknown): value is Guard => guards.has(value);
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter((root) => root != null);
  const fields: Declared[] = roots.flatMap((root) =>
    Object.values(root.getFields()).map(({ name, extensions }) => ({ name: `${root.name}.${name}`, action: extensions["action"] })),
  );
  const types: Declared[] = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !roots.includes(type) && !type.name.startsWith("__"))
    .map(({ name, extensions }) => ({ name, action: extensions["action"] }));
  const guardedOf = (declared: readonly Declared[]): Guarded[] =>
    declared.flatMap(({ name, action }) => (isGuard(action) ? [{ name, action }] : []));
  return {
    rootFields: guardedOf(fields),
    objectTypes: guardedOf(types).sort((a, b) => (a.name < b.name ? -1 : 1)),
    unguarded: [...fields, ...types].filter(({ action }) => !isGuard(action)).map(({ name }) => name),
  };
}

function rolesThatMay(action: Guard): string {
  if (action === signedIn || action === everySender) return roles.map((role) => role.toLowerCase()).join(", ");
  return roles
    .filter((role) => rolesOf(action).includes(role))
    .map((role) => role.toLowerCase())
    .join(", ");
}

/** What senders may do who are no members: visitors, and signed-in users in other workspaces or in none. */
function othersThatMay(action: Guard): string {
  if (action === everySender) return "yes";
  if (action === signedIn || rolesOf(action).includes("GUEST")) return "if signed in";
  return rolesOf(action).includes("VISITOR") ? "what is shared" : "no";
}

function keysThatMay(action: Guard): string {
  if (action === signedIn || action === everySender) return "any";
  return scopeOf(action)?.toLowerCase() ?? "none";
}

function tableOf(title: string, guarded: readonly Guarded[]): string {
  const rows = guarded.map(
    ({ name, action }) => `| \`${name}\` | ${action} | ${rolesThatMay(action)} | ${othersThatMay(action)} | ${keysThatMay(action)} |`,
  );
  return [`| ${title} | action | members | others | scope of an API key |`, "| --- | --- | --- | --- | --- |", ...rows].join("\n");
}

/** A sentence about the scopes that no action needs; empty if there are none. */
function explainUnneeded(): string {
  const needed = new Set(listActions().map(scopeOf));
  const names = keyScopes.filter((scope) => !needed.has(scope)).map((scope) => scope.toLowerCase());
  if (names.length === 0) return "";
  return `\n\nNo action needs the scope ${names.join(" or ")} of API keys yet: a key without another scope may do nothing.`;
}

export function printAuthorization({ rootFields, objectTypes }: Authorization): string {
  const unneeded = explainUnneeded();
  return `# Authorization

The action that guards each root field and object type of the API, the roles of members that may perform it in their own workspace, what
other senders may do (visitors who are not signed in, and users of other workspaces or of none), and the scope that an API key also needs.
\`${everySender}\` marks types without data of a workspace, and \`node\` and \`nodes\`, which require the action of the type that they return.

Rows of other workspaces are hidden from every sender: a hidden object and a missing one get the same response. "What is shared" marks the
exception, the experiments that their owners have made public or whose link the request carries, and the ballots of studies whose link or
voter's session it carries: [sharing.md](sharing.md) and [voting.md](voting.md) say what that shows. A visitor who needs to sign in gets
UNAUTHENTICATED (HTTP 401), and a signed-in user without a workspace gets NO_WORKSPACE (HTTP 403). \`viewer { refusedMutations }\` lists the
mutations that the sender may not perform, each with the message of the error that it would answer.

Services enforce the actions through the policy. \`test/integration/api/matrix.test.ts\` sends requests for every row, and for every value of
every object, as every kind of user and key, and searches each answer for e-mail addresses, names, tokens and other secrets that its sender
may not see; \`npm run audit\` does so for every sender in every place. \`npm run audit -- --full\` also tests each guard as the only one: while
all others are removed, there must be a request that is refused with it and answered without it.${unneeded}

\`node apps/api/dist/printAuthorization.js\` writes this file; \`npm run check\` compares it with the code.

## Root fields

${tableOf("field", rootFields)}

## Object types

${tableOf("type", objectTypes)}
`;
}
