/** The members who may vote in a study, with their images, as a file: its columns, and the GraphQL query for the same data. */
import type { StudyMemberFragment } from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";

export const assignmentsFile: Readonly<Record<string, (row: StudyMemberFragment) => CsvValue>> = {
  name: ({ user }) => user.name,
  role: ({ member }) => member.role,
  may_vote: ({ mayVote }) => (mayVote ? "yes" : "no"),
  assigned: ({ images }) => images.length,
  images: ({ images }) => images.join(" "),
  answered: ({ answered }) => answered,
  joined: ({ joined }) => (joined ? "yes" : "no"),
  finished: ({ finished }) => (finished ? "yes" : "no"),
  answered_trials: ({ answeredTrials }) => answeredTrials,
  trials: ({ trials }) => trials,
};

export function assignmentsQuery(studyKey: string): string {
  return `{
  node(id: "${studyKey}") {
    ... on Study {
      assignments { user { name } member { role } mayVote images answered joined finished answeredTrials trials }
    }
  }
}`;
}
