/** Rows of queries with arguments that bring another guard into play, and of lists that are about the sender. */
import type { Guard } from "@pareidolia/api/policy/requires";
import { ballotVote } from "./ballots.ts";
import { idsIn } from "./idPaths.ts";
import type { Person } from "./people.ts";
import type { Answer, Outcome, Row, World } from "./row.ts";
import type { Things } from "./things.ts";

interface Asked {
  readonly name: string;
  readonly actions: readonly Guard[];
  readonly query: string;
  readonly variables?: (things: Things) => object;
  outcomeOf(data: object, things: Things, person: Person): Outcome;
}

/** An answer without an error. */
const isAnswered = (): Outcome => "granted";

const ofOwn: readonly Asked[] = [
  {
    name: "Query.runs(search)",
    actions: ["run:read", "search:read"],
    query: '{ runs(search: "seed > 0", first: 1) { nodes { id } } }',
    outcomeOf: isAnswered,
  },
  {
    name: "Query.experiments(search)",
    actions: ["experiment:read", "search:read"],
    query: '{ experiments(search: "runs >= 0", first: 1) { nodes { id } } }',
    outcomeOf: isAnswered,
  },
  {
    name: "Query.elites(filter.people)",
    actions: ["elite:read", "study:inspect"],
    query: "{ elites(filter: { people: { asked: true } }, first: 1) { nodes { id } } }",
    outcomeOf: isAnswered,
  },
  {
    name: "Query.searchProblem of a name that only another workspace records",
    actions: ["search:read"],
    query: "query ($search: String!) { searchProblem(search: $search) { message } }",
    variables: ({ workspaceId }) => ({ search: `metric.only_${workspaceId === "elsewhere" ? 2 : 1} = 1` }),
    outcomeOf: ({ searchProblem }: { searchProblem: object | null }) => (searchProblem === null ? "leak" : "granted"),
  },
  {
    name: "Query.webhooks of the workspace",
    actions: ["webhook:read", "webhook:manage"],
    query: "{ webhooks { id } }",
    outcomeOf: (data, { workspaceWebhook }) => (idsIn(data).includes(workspaceWebhook) ? "granted" : "denied"),
  },
  {
    name: "node(Webhook of the workspace)",
    actions: ["webhook:read", "webhook:manage"],
    query: "query ($id: ID!) { node(id: $id) { id } }",
    variables: ({ workspaceWebhook }) => ({ id: workspaceWebhook }),
    outcomeOf: ({ node }: { node: object | null }) => (node === null ? "denied" : "granted"),
  },
  {
    name: "Query.bulkQueries of the sender",
    actions: ["bulkQuery:inspect"],
    query: "{ bulkQueries { nodes { id } } }",
    outcomeOf(data, { nodes, activeBulkQueries }, { userId }) {
      const ids = idsIn(data);
      if (ids.length === 0) return "denied";
      return ids.every((id) => id === nodes.BulkQuery || id === activeBulkQueries[userId ?? ""]) ? "granted" : "leak";
    },
  },
  {
    name: "Query.ballot by the study's key",
    actions: ["vote:cast"],
    query: "query ($study: ID!) { ballot(study: $study) { workspaceName } }",
    variables: ({ finishedBallotKey }) => ({ study: finishedBallotKey }),
    outcomeOf: ({ ballot }: { ballot: { workspaceName: string } | null }, { workspaceName }) => {
      if (ballot === null) return "denied";
      return ballot.workspaceName === workspaceName ? "granted" : "leak";
    },
  },
];

/** Queries of objects that must show nothing to senders of other workspaces. */
interface Hidden {
  readonly name: string;
  readonly actions: readonly Guard[];
  readonly query: string;
  readonly variables: (things: Things) => object;
  isShown(data: object, things: Things): boolean;
}

const ofObjects: readonly Hidden[] = [
  {
    name: "Experiment.lock of a locked experiment",
    actions: ["experiment:read", "lock:read"],
    query: "query ($id: ID!) { node(id: $id) { ... on Experiment { lock { lockedAt } } } }",
    variables: ({ lockedExperiment }) => ({ id: lockedExperiment }),
    isShown: ({ node }: { node: { lock?: object | null } | null }) => node?.lock != null,
  },
  {
    name: "Elite.ancestry in another run",
    actions: ["elite:read", "genome:read"],
    query: "query ($id: ID!) { node(id: $id) { ... on Elite { ancestry { elite { id } } } } }",
    variables: ({ forkedElite }) => ({ id: forkedElite }),
    isShown: ({ node }: { node: { ancestry?: readonly unknown[] | null } | null }) => (node?.ancestry ?? []).length > 1,
  },
];

export function listRows(world: World): Row[] {
  const answered = ({ data, errors }: Answer): boolean => data != null && errors === undefined;
  return [
    ...ofOwn.map(
      ({ name, actions, query, variables, outcomeOf }): Row => ({
        name,
        isQuery: true,
        isFigure: true,
        places: ["own"],
        actions,
        async observe(person) {
          const things = world.thingsOf(person, "own");
          const answer = await world.query(person, query, variables?.(things) ?? {});
          return answered(answer) ? outcomeOf(answer.data ?? {}, things, person) : "denied";
        },
      }),
    ),
    ...ofObjects.map(
      ({ name, actions, query, variables, isShown }): Row => ({
        name,
        isQuery: true,
        places: ["own", "other"],
        actions,
        async observe(person, place) {
          const things = world.thingsOf(person, place);
          const answer = await world.query(person, query, variables(things));
          if (!answered(answer) || !isShown(answer.data ?? {}, things)) return "denied";
          return place === "own" ? "granted" : "leak";
        },
      }),
    ),
    {
      // A former member has a vote there still, but sees what every visitor with the link sees.
      name: "Query.ballot with the link, of a former member",
      isQuery: true,
      places: ["other"],
      actions: ["vote:cast"],
      async observe(person, place) {
        const { studyLink } = world.thingsOf(person, place);
        const query = "query ($link: String!) { ballot(link: $link) { voter { pseudonym } } }";
        const { data } = await world.query<{ ballot: { voter: object | null } | null }>(person, query, { link: studyLink });
        return data?.ballot?.voter == null ? "denied" : "leak";
      },
    },
    {
      name: "Mutation.castVotes after a study has closed",
      places: ["own"],
      isExclusive: true,
      isFigure: true,
      actions: ["vote:cast"],
      async observe(person) {
        const { finishedBallot } = world.thingsOf(person, "own");
        const query = "mutation ($input: CastVotesInput!) { castVotes(input: $input) { ... on CastVotesSuccess { tooLate } } }";
        await world.forgetAttempts();
        const input = { study: finishedBallot, votes: [ballotVote] };
        const { data } = await world.query<{ castVotes: { tooLate?: readonly number[] } | null }>(person, query, { input });
        const tooLate = data?.castVotes?.tooLate;
        if (tooLate === undefined) return "denied";
        // Those who may read the results vote no more.
        return tooLate.length === (person.role === "LABELLER" ? 0 : 1) ? "granted" : "leak";
      },
    },
  ];
}
