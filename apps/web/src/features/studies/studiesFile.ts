/** The list of studies as a file: its columns, and the GraphQL query for the same data. */
import type { StudyRowFragment } from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";

export const studiesFile: Readonly<Record<string, (row: StudyRowFragment) => CsvValue>> = {
  study: ({ key }) => key,
  title: ({ title }) => title,
  state: ({ state }) => state,
  images: ({ imageCount }) => imageCount,
  voters: ({ voterCount }) => voterCount,
  votes: ({ voteCount }) => voteCount,
  votes_of_insiders: ({ insiderVoteCount }) => insiderVoteCount,
  last_vote: ({ lastVoteAt }) => lastVoteAt ?? null,
};

export const studiesQuery = `{
  studies(first: 100) {
    nodes { key title state imageCount voterCount voteCount insiderVoteCount lastVoteAt }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`;
