/** What the bench of scale measures: every list with its orders and filters, counts, the search box, comparisons and whole pages. */
import { searchForPlaces } from "../../../apps/web/src/features/palette/paletteSearch.ts";
import { globalId as global, type Operation } from "./operation.ts";
import { experimentOf, hashOf, idOf, modelIdOf, runIdOf, runOf, type Size } from "./shape.ts";
import { trackingOperationsOf } from "./trackingOperations.ts";

const list = (field: string, nodes: string, args = ""): string =>
  `query List($after: String) { ${field}(first: 50, after: $after${args}) { nodes { ${nodes} } pageInfo { endCursor hasNextPage } } }`;
const count = (field: string, args = "", exact = false): string =>
  `{ ${field}(first: 0${args}) { totalCount${exact ? "(exact: true)" : " totalCountIsCapped"} } }`;

/** The operations on one database. Both have the same rows in the places that they name. */
export function operationsOf(size: Size): readonly Operation[] {
  const ofKind = (kind: string): string => {
    for (let index = 0; ; index += 10) if (runOf(size, index).kind === kind && index >= 40) return global("Run", runIdOf(index));
  };
  const [fifty, ten, ascent, attack] = ["fifty", "ten", "ascent", "perturbation"].map(ofKind) as [string, string, string, string];
  const small = global("Experiment", experimentOf(size, runOf(size, size.runs / 5)).id);
  const sweep = global("Experiment", experimentOf(size, runOf(size, 0)).id);
  const model = global("Model", modelIdOf(0));
  const gallery = (
    name: string,
    search: string,
    order: readonly [column: string, direction: string] = ["confidence", "DESC"],
    first = 60,
  ) => ({
    name: `gallery, ${name}`,
    document: "GalleryImages",
    variables: { first, search, orderBy: { column: order[0], direction: order[1] } },
  });
  const deep = (operation: Operation, field = "galleryImages"): Operation => ({
    ...operation,
    name: `${operation.name}, deep`,
    after: { field, pages: 3 },
  });
  const highest = gallery("highest", "");
  const newest = gallery("newest", "", ["created", "DESC"]);
  return [
    highest,
    deep(highest),
    gallery("lowest", "", ["confidence", "ASC"]),
    newest,
    deep(newest),
    gallery("oldest", "", ["created", "ASC"]),
    gallery("replaced, newest", "replaced = true", ["created", "DESC"]),
    gallery("at least .9", "confidence >= 0.9"),
    gallery("reached, newest", "reached = true", ["created", "DESC"]),
    gallery("a model", 'model = "Network 0"'),
    gallery("a model of low confidence", 'model = "Network 10"'),
    gallery("a model, newest", 'model = "Network 0"', ["created", "DESC"]),
    gallery("an encoding", "encoding = cppn"),
    gallery("an encoding, lowest", "encoding = direct", ["confidence", "ASC"]),
    gallery("a label", 'class = "class 3 of 50"', ["confidence", "DESC"], 4),
    gallery("a label, newest", 'class = "class 3 of 50"', ["created", "DESC"], 4),
    gallery("an experiment with a fifth of the runs", "experiment = EXP-1"),
    gallery("an experiment with a fifth of the runs, newest", "experiment = EXP-1", ["created", "DESC"]),
    gallery("a run", "run = RUN-6"),
    gallery("a run, newest", "run = RUN-6", ["created", "DESC"]),
    gallery("a word", "trial", ["created", "DESC"]),
    gallery("asked", "votes >= 0"),
    gallery("never asked", "votes = none"),
    gallery("most recognised", "", ["recognised", "DESC"]),
    gallery("most votes", "", ["votes", "DESC"]),
    gallery("share at least .5", "recognised >= 0.5"),
    gallery("trajectories", "kind = ascent", ["confidence", "DESC"], 10),
    gallery("trajectories, newest", "kind = ascent", ["created", "DESC"], 10),
    gallery("perturbations that reached", "kind = perturbation AND reached = true", ["confidence", "DESC"], 10),
    { name: "palette, elites by text", document: "PaletteElites", variables: { filter: { labelContains: "class 4 of" } } },
    { name: "palette, elites", document: "PaletteElites", variables: { filter: {} } },
    {
      name: "palette, places by text",
      document: "PalettePlaces",
      variables: { search: searchForPlaces("network 1"), title: "network 1" },
      rows: 4,
    },
    { name: "palette, places that none has", document: "PalettePlaces", variables: { search: searchForPlaces("xyzzy"), title: "xyzzy" } },
    { name: "palette, a run's key", document: "PalettePlaces", variables: { search: searchForPlaces("RUN-7"), title: "RUN-7" }, rows: 1 },
    { name: "shell of every page", document: "Shell" },
    { name: "home", document: "Home", rows: 2 },
    { name: "first steps", document: "FirstSteps" },
    ...[
      ["experiments", "", 4] as const,
      ["experiments by text", '"question 3"', 1] as const,
      ["experiments by state", "state = queued", 1] as const,
    ].map(([name, search, rows]) => {
      const pinned = search === "" ? "pinned = true" : `${search} AND pinned = true`;
      const orderBy = { column: "updated", direction: "DESC" };
      return { name, document: "Experiments", variables: { search, pinnedSearch: pinned, orderBy }, rows };
    }),
    { name: "an experiment's page", document: "ExperimentPage", variables: { id: small, archived: false } },
    {
      name: "page of an experiment with a fifth of the runs",
      document: "ExperimentPage",
      variables: { id: sweep, archived: false },
      rows: 4,
    },
    { name: "transfer's runs", document: "TransferRuns", variables: { experimentId: small } },
    { name: "transfer matrix", document: "Transfer", variables: { runIds: [fifty] } },
    { name: "a run's page", document: "RunPage", variables: { id: fifty } },
    { name: "an ascent's page", document: "RunPage", variables: { id: ascent } },
    { name: "a perturbation's page", document: "RunPage", variables: { id: attack } },
    { name: "an archive after a generation", document: "RunArchiveAt", variables: { id: fifty, generation: 3 } },
    { name: "a run's difficulty", document: "RunDifficulty", variables: { id: ten } },
    { name: "a run's phylogeny", document: "RunPhylogeny", variables: { id: ten } },
    { name: "an elite's page", document: "Elite", variables: { id: global("Elite", idOf(7, 0)) } },
    { name: "people on an image", document: "PeopleOnImage", variables: { imageId: global("Image", hashOf(0)) } },
    { name: "models", document: "Models" },
    { name: "models of a new run", document: "NewRunModels" },
    { name: "runs of a study", document: "StudyRuns", rows: 19 },
    { name: "analyses", document: "AnalysisQueue" },
    { name: "workers", document: "Workers" },
    ...(["RUNNING", "QUEUED", "PAUSED", "SUCCEEDED", "FAILED", "CRASHED"] as const).map(
      (state): Operation => ({
        name: `runs, ${state.toLowerCase()}`,
        document: list(
          "runs",
          "id key name state median",
          `, search: "state = ${state.toLowerCase()} AND (archived = true OR archived = false)"`,
        ),
        rows: state === "QUEUED" ? 2 : state === "SUCCEEDED" ? 14 : 1,
      }),
    ),
    { name: "runs of a model", document: list("runs", "id key", ', search: "model = \\"Network 0\\""'), rows: 2 },
    { name: "runs of a kind", document: list("runs", "id key", ', search: "kind = ascent"'), rows: 1 },
    { name: "runs of an encoding", document: list("runs", "id key", ', search: "encoding = cppn"'), rows: 2 },
    { name: "runs by text", document: list("runs", "id key", ', search: "\\"question 2\\""'), rows: 1 },
    { name: "runs by update", document: list("runs", "id key", ", orderBy: { field: UPDATED_AT, direction: ASC }"), rows: 20 },
    { name: "images", document: list("images", "id url width") },
    deep({ name: "images", document: list("images", "id url width") }, "images"),
    { name: "genomes", document: list("genomes", "id sha256 image { id }") },
    deep({ name: "genomes", document: list("genomes", "id sha256 image { id }") }, "genomes"),
    { name: "genomes of a run", document: list("genomes", "id sha256", `, filter: { runId: "${fifty}" }`) },
    { name: "scores", document: list("scores", "id topLabel topConfidence") },
    deep({ name: "scores", document: list("scores", "id topLabel topConfidence") }, "scores"),
    { name: "scores of a model", document: list("scores", "id topConfidence", `, filter: { modelId: "${model}" }`) },
    { name: "scores of at least .95", document: list("scores", "id topConfidence", ", filter: { minimumConfidence: 0.95 }") },
    ...["elites", "genomes", "images", "scores", "runs", "experiments", "trajectories", "perturbations"].map(
      (field): Operation => ({ name: `count of ${field}`, document: count(field) }),
    ),
    ...["elites", "genomes", "images", "runs", "experiments"].map(
      (field): Operation => ({ name: `exact count of ${field}`, document: count(field, "", true) }),
    ),
    { name: "count of a label's elites", document: count("elites", ', filter: { labelContains: "class 4 of" }') },
    { name: "count of sure elites", document: count("elites", ", filter: { minimumConfidence: 0.5 }") },
    { name: "count of a model's elites", document: count("elites", `, filter: { modelId: "${model}", current: false }`) },
    ...[
      ["asked", "asked: true"],
      ["never asked", "asked: false"],
      ["recognised by half", "minimumShare: 0.5"],
    ].map(
      ([name, filter]): Operation => ({
        name: `count of elites, ${name}`,
        document: count("elites", `, filter: { current: true, people: { ${filter} } }`),
      }),
    ),
    ...trackingOperationsOf(size),
  ];
}
