/** Lists take a scope: `tsc` checks these types, so that a list of all workspaces' rows does not compile. */
import type { Actor } from "@pareidolia/core/actor";
import type * as analyses from "@pareidolia/persistence/lab/analyses/readAnalyses";
import * as chains from "@pareidolia/persistence/lab/chains/readChains";
import type * as elites from "@pareidolia/persistence/lab/elites/readElites";
import type * as experiments from "@pareidolia/persistence/lab/experiments/readExperiments";
import type * as genomes from "@pareidolia/persistence/lab/genomes/readGenomes";
import type * as images from "@pareidolia/persistence/lab/images/readImages";
import type * as models from "@pareidolia/persistence/lab/models/readModels";
import type * as perturbations from "@pareidolia/persistence/lab/perturbations/readPerturbations";
import type * as photos from "@pareidolia/persistence/lab/photos/readPhotos";
import type * as recognition from "@pareidolia/persistence/lab/recognition/readRecognition";
import type * as history from "@pareidolia/persistence/lab/runs/readRunEvents";
import * as runs from "@pareidolia/persistence/lab/runs/readRuns";
import type * as scores from "@pareidolia/persistence/lab/scores/readScores";
import type * as runGroups from "@pareidolia/persistence/lab/search/runGroups";
import type * as experimentSearch from "@pareidolia/persistence/lab/search/searchExperiments";
import type * as runSearch from "@pareidolia/persistence/lab/search/searchRuns";
import type * as trajectories from "@pareidolia/persistence/lab/trajectories/readTrajectories";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { openScope } from "@pareidolia/persistence/server/scope/openScope";
import type { ExperimentScope, Reach, Scope } from "@pareidolia/persistence/server/scope/scope";
import type * as uploads from "@pareidolia/persistence/server/uploads/readUploads";
import type * as workspaces from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import ts from "typescript";
import { expect, expectTypeOf, it } from "vitest";
import { listSources, parseSource } from "../../support/sqlTemplates.ts";

type ReadScope = Scope | ExperimentScope;
type Scoped =
  | ReadScope
  | { readonly scope: ReadScope }
  | { readonly filter: { readonly scope: ReadScope } }
  | { readonly reader: { readonly scope: ReadScope } };

/** Names of a repository's lists and counts that can be called without a scope. */
type Unscoped<Repository> = {
  [Name in keyof Repository]: Name extends `list${string}` | `count${string}`
    ? Repository[Name] extends (connection: never, input: infer Input) => unknown
      ? Input extends Scoped
        ? never
        : Name
      : Name
    : never;
}[keyof Repository];

it("a scope is required by every list and count of rows that a workspace owns", () => {
  expectTypeOf<Unscoped<typeof analyses>>().toEqualTypeOf<never>();
  expectTypeOf<Unscoped<typeof chains>>().toEqualTypeOf<never>();
  expectTypeOf<Unscoped<typeof elites>>().toEqualTypeOf<never>();
  expectTypeOf<Unscoped<typeof experiments>>().toEqualTypeOf<never>();
  expectTypeOf<Unscoped<typeof genomes>>().toEqualTypeOf<never>();
  expectTypeOf<Unscoped<typeof images>>().toEqualTypeOf<never>();
  expectTypeOf<Unscoped<typeof models>>().toEqualTypeOf<never>();
  expectTypeOf<Unscoped<typeof perturbations>>().toEqualTypeOf<never>();
  expectTypeOf<Unscoped<typeof photos>>().toEqualTypeOf<never>();
  expectTypeOf<Unscoped<typeof history>>().toEqualTypeOf<never>();
  expectTypeOf<Unscoped<typeof recognition>>().toEqualTypeOf<never>();
  expectTypeOf<Unscoped<typeof runs>>().toEqualTypeOf<never>();
  expectTypeOf<Unscoped<typeof runGroups>>().toEqualTypeOf<never>();
  expectTypeOf<Unscoped<typeof runSearch>>().toEqualTypeOf<never>();
  expectTypeOf<Unscoped<typeof experimentSearch>>().toEqualTypeOf<never>();
  expectTypeOf<Unscoped<typeof scores>>().toEqualTypeOf<never>();
  expectTypeOf<Unscoped<typeof trajectories>>().toEqualTypeOf<never>();
  expectTypeOf<Unscoped<typeof uploads>>().toEqualTypeOf<never>();
  expectTypeOf<Unscoped<typeof workspaces>>().toEqualTypeOf<never>();
  expectTypeOf<Unscoped<{ listAll(connection: Connection, input: { readonly workspaceId: string }): void }>>().toEqualTypeOf<"listAll">();
});

/** Each reads one row by its key without an actor: of an object that is locked already, for an e-mail, and before there is an actor. */
const unscopedReads = ["findLastChange", "findLatestEntry", "findMembership"];

it("a scope replaces the bare workspace id in every function that reads rows", () => {
  const found = listSources(["packages/persistence/src"]).flatMap((file) =>
    parseSource(file)
      .statements.filter(ts.isFunctionDeclaration)
      .flatMap(({ name, parameters }) => {
        const reads = /^(list|find|count|read|measure|summarise)/.test(name?.text ?? "");
        return reads && parameters.some((parameter) => /workspaceId: string/.test(parameter.getText())) ? [name?.text] : [];
      }),
  );
  expect(found).toEqual(unscopedReads);
});

it("a scope can be neither omitted nor created by hand", () => {
  const forge = (connection: Connection, actor: Actor) => {
    const page = { limit: 1, backward: false, after: null, before: null };
    const order = { field: "createdAt", direction: "ASC" } as const;
    // @ts-expect-error the scope is missing
    void runs.listRuns(connection, { filter: {}, order, page });
    // @ts-expect-error an actor is not a scope
    void runs.listRuns(connection, { filter: { scope: actor }, order, page });
    // @ts-expect-error only the policy creates a scope
    void runs.countRuns({ connection, most: null }, { scope: { workspaceId: actor.workspaceId } });
  };
  expect(forge).toBeTypeOf("function");
  expect(openScope("w")).toEqual({ workspaceId: "w" });
  const confuse = (connection: Connection, shared: ExperimentScope, reach: Reach) => {
    const page = { limit: 1, backward: false, after: null, before: null };
    // @ts-expect-error a list that does not know shared experiments takes the scope of a workspace only
    void chains.listChains(connection, { scope: shared, page });
    // @ts-expect-error a reach is for look-ups, not for lists
    void runs.countRuns({ connection, most: null }, { scope: reach });
  };
  expect(confuse).toBeTypeOf("function");
});
