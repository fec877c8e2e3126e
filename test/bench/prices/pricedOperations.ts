/**
 * Typical operations of programs and pages, of every size, for comparing what they cost with what they take. Their lists have rows: a cost is
 * an upper bound, and an empty list takes less.
 */
import { globalId as global, type Operation } from "../scale/operation.ts";
import { hashOf, idOf, runIdOf, runOf, type Size } from "../scale/shape.ts";

const page = (field: string, first: number, nodes: string, args = ""): Operation => ({
  name: `${first} ${field}${args}: ${nodes}`,
  document: `{ ${field}(first: ${first}${args}) { nodes { ${nodes} } pageInfo { endCursor hasNextPage } } }`,
});

const plain = (name: string, document: string, variables: Operation["variables"] = {}): Operation => ({ name, document, variables });

const runFields = "id key name state median speed evaluations createdAt";
const eliteFields = "id niche label generation storedConfidence image { url width height } run { key }";

export function pricedOperations(size: Size): readonly Operation[] {
  const ofKind = (kind: string): string => {
    for (let index = 0; ; index += 10) if (runOf(size, index).kind === kind && index >= 40) return global("Run", runIdOf(index));
  };
  const [fifty, ten, ascent, attack] = ["fifty", "ten", "ascent", "perturbation"].map(ofKind) as [string, string, string, string];
  const columns = ["state", "model", "experiment", "method", "median", "mean", "best", "fooling", "mutationRate", "tag", "by", "updated"];
  return [
    plain("who asks", "{ viewer { role user { name } workspace { name } } }"),
    plain("a run", "query ($id: ID!) { node(id: $id) { ... on Run { key name state median } } }", { id: fifty }),
    plain("an elite", "query ($id: ID!) { node(id: $id) { ... on Elite { label storedConfidence image { url } } } }", {
      id: global("Elite", idOf(7, 0)),
    }),
    plain("an image with its scores", "query ($id: ID!) { node(id: $id) { ... on Image { url scores { topLabel topConfidence } } } }", {
      id: global("Image", hashOf(0)),
    }),
    page("experiments", 1, "key"),
    page("experiments", 25, "key name"),
    page("experiments", 100, "id key name description runCount state createdAt"),
    page("runs", 1, "key"),
    page("runs", 25, "key"),
    page("runs", 25, runFields),
    page("runs", 100, runFields),
    page("runs", 100, `${runFields} model { name } experiment { key name }`),
    page("runs", 100, runFields, ', search: "median > 0.3"'),
    page("elites", 1, "id"),
    page("elites", 25, "id storedConfidence"),
    page("elites", 60, eliteFields),
    page("elites", 60, `${eliteFields} image { scores { topLabel topConfidence } }`),
    page("elites", 100, `${eliteFields} searchedClass { class label search stored }`),
    page("images", 50, "id url width height"),
    page("genomes", 100, "id sha256 image { id url }"),
    page("scores", 100, "id topLabel topConfidence"),
    page("trajectories", 25, "id class label step storedConfidence image { url }"),
    page("perturbations", 25, "id linf l2 storedLabel storedConfidence image { url }"),
    page("models", 25, "id name state url"),
    page("tags", 25, "id name runCount"),
    page("auditEntries", 25, "sequence action at"),
    page("runs", 50, "key tags { name }"),
    plain("count of runs", "{ runs(first: 100) { totalCount } }"),
    plain("count of experiments", "{ experiments(first: 0) { totalCount } }"),
    plain("count of elites", "{ elites(first: 0) { totalCount totalCountIsCapped } }"),
    plain("runs of each experiment, counted", "{ experiments { nodes { key runs { totalCount } } } }"),
    plain("runs of ten experiments, counted", "{ experiments(first: 10) { nodes { key runs { totalCount } } } }"),
    plain("number of runs of each experiment", "{ experiments(first: 100) { nodes { key runCount } } }"),
    plain("runs of each experiment", "{ experiments(first: 10) { nodes { key runs(first: 10) { nodes { key state median } } } } }"),
    plain(
      "a table of runs",
      `{ runs(first: 50, search: "", orderBy: { column: "median", direction: DESC }) {
      nodes { key cells(columns: ${JSON.stringify(columns)}) } } }`,
    ),
    plain(
      "an archive",
      "query ($id: ID!) { node(id: $id) { ... on EvolutionRun { archive { niche label storedConfidence image { url } } } } }",
      {
        id: fifty,
      },
    ),
    plain("statistics of a run", "query ($id: ID!) { node(id: $id) { ... on EvolutionRun { statistics { generation median mean } } } }", {
      id: ten,
    }),
    plain(
      "trajectories of an ascent",
      "query ($id: ID!) { node(id: $id) { ... on AscentRun { trajectories(first: 10) { nodes { class step curve { step storedConfidence } } } } } }",
      { id: ascent },
    ),
    plain(
      "results of an attack",
      "query ($id: ID!) { node(id: $id) { ... on PerturbationRun { perturbations(first: 10) { nodes { index l2 storedLabel } } } } }",
      { id: attack },
    ),
    plain("groups of runs", '{ runGroups(groupBy: ["model"], measures: ["median"]) { nodes { runCount measures { mean } } } }'),
  ];
}
