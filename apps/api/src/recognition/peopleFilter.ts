/** Checks the conditions of a list for what people say. Such a list tells what its order and its members are made of, so it is for researchers. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { listClosedStudies } from "@pareidolia/persistence/lab/recognition/closedStudies";
import { isByPeople, type PeopleList, type PeopleOrderField } from "@pareidolia/persistence/lab/recognition/peopleConditions";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import type { ExperimentScope, Scope } from "@pareidolia/persistence/server/scope/scope";
import type { CursorShape } from "../pagination/cursor.ts";
import { policy } from "../policy/policy.ts";
import type { PeopleFilter } from "./recognition.input.ts";

interface PeopleConditions {
  readonly scope: Scope | ExperimentScope;
  readonly people: PeopleFilter | null | undefined;
  /** The list's order, by what people say or another. */
  readonly order: string;
}

/** Cursors of lists in the order of people's votes. */
export const peopleCursorValues: Readonly<Record<PeopleOrderField, CursorShape["values"]>> = {
  share: ["number", "text", "text"],
  votes: ["integer", "text", "text"],
};

const maxVotes = 1_000_000;

function checkShare(value: number | null | undefined, field: string): number | undefined {
  if (value == null) return undefined;
  if (!(value >= 0 && value <= 1)) throw new AppError("INVALID_INPUT", "A share must be from 0 to 1.", { field });
  return value;
}

/** @throws AppError as the policy, FORBIDDEN for a list of another workspace, or INVALID_INPUT for a value outside its range. */
export async function readPeopleFilter(
  connection: Connection,
  actor: Actor,
  { scope, people, order }: PeopleConditions,
): Promise<Pick<PeopleList, "people" | "closedStudies">> {
  const { asked, minimumShare, maximumShare, minimumVotes } = people ?? {};
  const isUsed = isByPeople(order) || [asked, minimumShare, maximumShare, minimumVotes].some((value) => value != null);
  if (!isUsed) return {};
  policy.requireInWorkspace(actor, "study:inspect");
  if (!("workspaceId" in scope)) throw new AppError("FORBIDDEN", "Only members of its workspace may list images by what people say.");
  if (minimumVotes != null && !(minimumVotes >= 0 && minimumVotes <= maxVotes))
    throw new AppError("INVALID_INPUT", `A number of votes must be from 0 to ${maxVotes}.`, { field: "filter.people.minimumVotes" });
  const closed = await listClosedStudies(connection, { scope, userId: actor.userId });
  return {
    people: {
      asked: asked ?? undefined,
      minimumShare: checkShare(minimumShare, "filter.people.minimumShare"),
      maximumShare: checkShare(maximumShare, "filter.people.maximumShare"),
      minimumVotes: minimumVotes ?? undefined,
    },
    closedStudies: closed.map(({ id }) => id),
  };
}
