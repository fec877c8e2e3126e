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
  const [model, rareModel] = [global("Model", modelIdOf(0)), global("Model", modelIdOf(10))];
  const gallery = (
    name: string,
    filter: object,
    order: readonly [string, string] = ["STORED_CONFIDENCE", "DESC"],
    document = "GalleryElites",
  ): Operation => ({
    name: `gallery, ${name}`,
    document,
    variables: { first: 60, filter, orderBy: { field: order[0], direction: order[1] } },
  });
  const now = { current: true };
  const ever = { current: false };
  const deep = (operation: Operation, field = "elites"): Operation => ({
    ...operation,
    name: `${operation.name}, deep`,
    after: { field, pages: 3 },
  });
  const highest = gallery("highest", now);
  const newest = gallery("newest", now, ["CREATED_AT", "DESC"]);
  const byLabel = { ...now, label: ["class 3 of 50"] };
  const results = (kind: string, filter: object, field: string, direction = "DESC"): Operation => ({
    name: `gallery of ${kind.toLowerCase()}, ${field} ${direction} ${JSON.stringify(filter)}`,
    document: `Gallery${kind}`,
    variables: { first: 10, filter, orderBy: { field, direction } },
  });
  return [
    highest,
    deep(highest),
    gallery("lowest", now, ["STORED_CONFIDENCE", "ASC"]),
    newest,
    deep(newest),
    gallery("oldest", now, ["CREATED_AT", "ASC"]),
    gallery("ever, highest", ever),
    gallery("ever, lowest", ever, ["STORED_CONFIDENCE", "ASC"]),
    gallery("ever, newest", ever, ["CREATED_AT", "DESC"]),
    gallery("at least .9", { ...now, minimumConfidence: 0.9 }),
    gallery("at least .9999", { ...now, minimumConfidence: 0.9999 }),
    gallery("a model", { ...now, modelId: model }),
    gallery("a model of low confidence", { ...now, modelId: rareModel }),
    gallery("a model, newest", { ...now, modelId: model }, ["CREATED_AT", "DESC"]),
    gallery("a model, ever", { ...ever, modelId: rareModel }),
    gallery("an encoding", { ...now, encoding: ["cppn"] }),
    gallery("an encoding, lowest", { ...now, encoding: ["direct"] }, ["STORED_CONFIDENCE", "ASC"]),
    {
      ...gallery("a label", byLabel),
      variables: { first: 4, filter: byLabel, orderBy: { field: "STORED_CONFIDENCE", direction: "DESC" } },
    },
    {
      ...gallery("a label, newest", byLabel),
      variables: { first: 4, filter: byLabel, orderBy: { field: "CREATED_AT", direction: "DESC" } },
    },
    gallery("an experiment", { ...now, experimentId: small }),
    gallery("an experiment, newest", { ...now, experimentId: small }, ["CREATED_AT", "DESC"]),
    gallery("an experiment with a fifth of the runs", { ...now, experimentId: sweep }),
    gallery("an experiment with a fifth of the runs, newest", { ...now, experimentId: sweep }, ["CREATED_AT", "DESC"]),
    gallery("a run", { ...now, runId: fifty }),
    gallery("a run, newest", { ...now, runId: fifty }, ["CREATED_AT", "DESC"]),
    gallery("asked", { ...now, people: { asked: true } }),
    gallery("never asked", { ...now, people: { asked: false } }),
    gallery("most recognised", now, ["PEOPLE_SHARE", "DESC"]),
    gallery("most votes", now, ["PEOPLE_VOTES", "DESC"]),
    gallery("share at least .5", { ...now, people: { minimumShare: 0.5 } }),
    results("Trajectories", {}, "STORED_CONFIDENCE"),
    results("Trajectories", {}, "CREATED_AT"),
    results("Trajectories", { experimentId: sweep }, "STORED_CONFIDENCE"),
    results("Trajectories", { method: ["gradient-ascent"] }, "STORED_CONFIDENCE", "ASC"),
    results("Trajectories", { minimumConfidence: 0.9 }, "STORED_CONFIDENCE"),
    results("Perturbations", { success: true }, "STORED_CONFIDENCE"),
    results("Perturbations", {}, "CREATED_AT"),
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
    { name: "runs of the gallery's filter", document: "GalleryRuns", variables: { kind: "kind = evolution" }, rows: 18 },
    { name: "runs of a study", document: "StudyRuns", rows: 19 },
    { name: "analyses", document: "AnalysisQueue" },
    { name: "workers", document: "Workers" },
    ...(["RUNNING", "QUEUED", "PAUSED", "SUCCEEDED", "FAILED", "CRASHED"] as const).map(
      (state): Operation => ({
        name: `runs, ${state.toLowerCase()}`,
        document: list("runs", "id key name state median", `, search: "state = ${state.toLowerCase()} AND archived IN (true, false)"`),
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
