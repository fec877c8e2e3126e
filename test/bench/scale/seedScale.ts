/** Fills a migrated, empty database with the rows of `shape.ts` by COPY, builds the indices afterwards, and analyses the tables. */
import { openDatabase } from "@pareidolia/persistence/server/database/database";
import { seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import type pg from "pg";
import { dropIndices } from "../../support/droppedIndices.ts";
import { withClient } from "../../support/postgresServer.ts";
import { RowCopy } from "./copyRows.ts";
import { seedTracking } from "./seedTracking.ts";
import {
  confidenceOf,
  experimentOf,
  hashOf,
  idOf,
  modelIdOf,
  noise,
  runIdOf,
  runOf,
  type ScaleRun,
  type Size,
  scoresOfImage,
  userIdOf,
  workspaceCount,
  workspaceIdOf,
} from "./shape.ts";

const columns = {
  runs: "id workspace_id experiment_id created_by_id model_id number state kind preset parameters plan seed generation evaluations archive_hash median mean best fooling_count event_seq created_at started_at ended_at updated_at name notes trashed_at",
  run_totals: "run_id genomes elites current_elites trajectories perturbations successes",
  run_events: "run_id seq kind payload created_at",
  generations:
    "run_id generation median mean minimum maximum search_median search_mean search_minimum search_maximum jumps filled evaluations",
  images: "sha256 width height channels byte_length created_at",
  workspace_images: "sha256 owner created_at",
  genomes: "id run_id workspace_id generation index sha256 byte_length bytes image_sha256 created_at",
  elites: "id run_id workspace_id experiment_id model_id method genome_id niche generation replaced_at fitness stored_fitness created_at",
  scores: "id image_sha256 model_id owner probabilities top_class top_confidence created_at",
  recognition: "workspace_id image_sha256 label_space label studies votes agreeing corrected_votes recognised guess_odds",
  trajectories:
    "id run_id workspace_id experiment_id model_id method class start step ended confidence stored_confidence image_sha256 curve_steps curve_confidences curve_stored_confidences curve_norms created_at",
  perturbations:
    "id run_id workspace_id experiment_id model_id method index bound success steps linf l2 l0 original_sha256 original_class original_confidence stored_class stored_confidence confidence image_sha256 created_at",
} as const;
type Table = keyof typeof columns;
type Copies = Readonly<Record<Table, RowCopy>>;

const timeOf = (milliseconds: number): string => new Date(milliseconds).toISOString();
const zeros = (bytes: number): string => `\\\\x${"00".repeat(bytes)}`;
const probabilities: Readonly<Record<number, string>> = { 10: zeros(40), 50: zeros(200) };
const spaceOf = (classes: number): string => `space of ${classes}`;
const mutationRates = [0.05, 0.1, 0.2];
const trajectoriesOfRun = 30;
const perturbationsOfRun = 10;
const resultsOf = ({ kind }: ScaleRun): number =>
  kind === "ascent" ? trajectoriesOfRun : kind === "perturbation" ? perturbationsOfRun : 0;

/** Users, workspaces, models and experiments: few rows, which need no COPY. */
async function seedOwners(client: pg.Client, size: Size): Promise<void> {
  for (let workspace = 1; workspace < workspaceCount; workspace++) {
    const [id, user] = [workspaceIdOf(workspace), userIdOf(workspace)];
    await client.query("INSERT INTO users (id, name, email, updated_at) VALUES ($1, $2, $3, now())", [
      user,
      `User ${workspace}`,
      `${user}@lab.example`,
    ]);
    await client.query("INSERT INTO workspaces (id, name, slug) VALUES ($1, $2, $1)", [id, `Workspace ${workspace}`]);
    await client.query("INSERT INTO memberships (id, workspace_id, user_id, role) VALUES ($1, $1, $2, 'OWNER')", [id, user]);
  }
  for (let model = 0; model < 20; model++) {
    const classes = model < 10 ? 10 : 50;
    const labels = Array.from({ length: classes }, (_, i) => `class ${i} of ${classes}`);
    await client.query(
      `INSERT INTO models (id, slug, name, description, licence, source, sha256, width, height, channels, labels, label_space)
       VALUES ($1, $2, $3, '', 'MIT', '', repeat('0', 64), 8, 8, 1, $4, $5)`,
      [modelIdOf(model), `network-${model}`, `Network ${model}`, labels, spaceOf(classes)],
    );
  }
  const experiments = new Map<string, readonly [workspace: number, number: number, createdAt: number]>();
  for (let index = 0; index < size.runs; index++) {
    const run = runOf(size, index);
    const { id, number } = experimentOf(size, run);
    if (!experiments.has(id)) experiments.set(id, [run.workspace, number, run.createdAt]);
  }
  const rows = [...experiments].map(([id, [workspace, number, createdAt]]) => ({
    id,
    workspace: workspaceIdOf(workspace),
    creator: userIdOf(workspace),
    number,
    name: `Question ${number}`,
    created: timeOf(createdAt),
  }));
  await client.query(
    `INSERT INTO experiments (id, workspace_id, created_by_id, number, name, created_at, updated_at)
     SELECT e.id, e.workspace, e.creator, e.number, e.name, e.created, e.created
     FROM jsonb_to_recordset($1::jsonb) AS e (id text, workspace text, creator text, number int, name text, created timestamptz)`,
    [JSON.stringify(rows)],
  );
}

function planOf({ kind, method, classes }: ScaleRun): object {
  if (kind === "ascent")
    return {
      method,
      classes: Array.from({ length: classes }, (_, i) => i),
      starts: trajectoriesOfRun / classes,
      evaluationGoal: 3000,
      crop: [],
    };
  if (kind === "perturbation")
    return { method, bounds: Array.from({ length: perturbationsOfRun }, (_, i) => i + 1), target: null, evaluationGoal: 1000, crop: [] };
  return { encoding: method, generations: 100, offspring: 20 };
}

function addRun(copies: Copies, size: Size, run: ScaleRun, number: number): void {
  const isEvolution = run.elites > 0;
  const id = runIdOf(run.index);
  const [created, ended] = [timeOf(run.createdAt), timeOf(run.createdAt + 3_600_000)];
  const hasEnded = !["QUEUED", "PAUSED"].includes(run.state);
  copies.runs.add(
    id,
    workspaceIdOf(run.workspace),
    experimentOf(size, run).id,
    userIdOf(run.workspace),
    modelIdOf(run.model),
    number,
    run.state,
    isEvolution ? "evolution" : run.kind,
    "paper",
    JSON.stringify({ insertion: "every-class", mutationRate: mutationRates[run.place % mutationRates.length] ?? null }),
    JSON.stringify(planOf(run)),
    run.index,
    isEvolution ? 100 : -1,
    2020,
    "a".repeat(64),
    0.5,
    // Of the last generation.
    isEvolution ? 0.5 : null,
    isEvolution ? 1 : null,
    0,
    2,
    created,
    created,
    hasEnded ? ended : null,
    ended,
    `Trial ${run.place}`,
    run.place % 7 === 0 ? "The labels agree with what people see." : "",
    run.isTrashed ? ended : null,
  );
  copies.run_events.add(id, 1, "STATE", JSON.stringify({ from: null, to: "QUEUED", reason: "" }), created);
  copies.run_events.add(id, 2, isEvolution ? "CHECKPOINT" : "PROGRESS", JSON.stringify({ from: 0, to: 100, eliteIds: [] }), ended);
  for (const generation of isEvolution ? [0, 50, 100] : [])
    copies.generations.add(id, generation, 0.5, 0.5, 0, 1, 0.5, 0.5, 0, 1, 1, run.classes, 2020);
  copies.run_totals.add(
    id,
    run.elites,
    run.elites,
    isEvolution ? run.classes : 0,
    run.kind === "ascent" ? trajectoriesOfRun : 0,
    run.kind === "perturbation" ? perturbationsOfRun : 0,
    run.kind === "perturbation" ? perturbationsOfRun / 2 : 0,
  );
}

/** The elites of a niche succeed one another every three generations, each surer than the last. */
function addElite(copies: Copies, size: Size, run: ScaleRun, given: { readonly place: number; readonly image: number }): void {
  const { place, image } = given;
  const niche = place % run.classes;
  const step = Math.floor(place / run.classes);
  const steps = Math.ceil((run.elites - niche) / run.classes);
  const fitness = confidenceOf(run, niche) * (run.workspace > 0 && step + 1 < steps ? 0.999 : 0.5 + (0.5 * (step + 1)) / steps);
  const [workspace, experiment, model] = [workspaceIdOf(run.workspace), experimentOf(size, run).id, modelIdOf(run.model)];
  const created = timeOf(run.createdAt + step * 60_000);
  const hash = hashOf(image);
  const runId = runIdOf(run.index);
  // The page of an elite shows its genome, for which the first run has 64 genes.
  const bytes = run.index === 0 ? 256 : 1;
  copies.images.add(hash, 8, 8, 1, 100, created);
  // Images of trashed runs have no owner.
  if (!run.isTrashed) copies.workspace_images.add(hash, workspace, created);
  copies.genomes.add(idOf(6, image), runId, workspace, step * 3, niche, hash, bytes, zeros(bytes), hash, created);
  copies.elites.add(
    idOf(7, image),
    runId,
    workspace,
    experiment,
    model,
    run.method,
    idOf(6, image),
    niche,
    step * 3,
    step + 1 < steps ? (step + 1) * 3 : null,
    fitness,
    fitness,
    created,
  );
  const first = run.model < 10 ? 0 : 10;
  for (let i = 0; i < scoresOfImage; i++) {
    const other = noise(image, i);
    const isOwnModel = first + i === run.model;
    copies.scores.add(
      idOf(8, image * scoresOfImage + i),
      hash,
      modelIdOf(first + i),
      run.isTrashed ? null : workspace,
      probabilities[run.classes] as string,
      isOwnModel ? niche : Math.floor(other * run.classes),
      isOwnModel ? fitness : run.workspace > 0 ? 0.99 + 0.0099 * other : other * 0.98,
      created,
    );
  }
  if (step + 1 === steps && noise(image, 200) < (run.workspace === 0 ? 0.2 : 0.01)) {
    // 24 votes in a choice of two.
    const agreeing = Math.floor(noise(image, 201) * 25);
    copies.recognition.add(workspace, hash, spaceOf(run.classes), niche, 1, 24, agreeing, 24, 2 * agreeing - 24, 24);
  }
}

/** A trajectory or perturbation with its image, which only its own model has scored. */
function addResult(copies: Copies, size: Size, run: ScaleRun, given: { readonly place: number; readonly image: number }): void {
  const { place, image } = given;
  const [workspace, model, hash] = [workspaceIdOf(run.workspace), modelIdOf(run.model), hashOf(image)];
  const facets = [runIdOf(run.index), workspace, experimentOf(size, run).id, model, run.method];
  const created = timeOf(run.createdAt + 60_000);
  const confidence = run.workspace > 0 ? 0.99 + 0.0099 * noise(run.index, place) : 0.98 * noise(run.index, place);
  copies.images.add(hash, 8, 8, 1, 100, created);
  copies.workspace_images.add(hash, workspace, created);
  copies.scores.add(idOf(8, image * scoresOfImage), hash, model, workspace, zeros(40), place % run.classes, confidence, created);
  if (run.kind === "ascent")
    copies.trajectories.add(
      idOf(9, image),
      ...facets,
      place % run.classes,
      Math.floor(place / run.classes),
      100,
      true,
      confidence,
      confidence,
      hash,
      "{100}",
      `{${confidence}}`,
      `{${confidence}}`,
      "{1}",
      created,
    );
  else
    copies.perturbations.add(
      idOf(9, image),
      ...facets,
      place,
      place + 1,
      place % 2 === 0,
      10,
      1,
      1,
      1,
      hash,
      0,
      0.9,
      place % run.classes,
      confidence,
      confidence,
      hash,
      created,
    );
}

async function copyRuns(url: string, size: Size, onProgress: (line: string) => void): Promise<void> {
  const names = Object.keys(columns) as Table[];
  const opened = await Promise.all(names.map((table) => RowCopy.open(url, table, columns[table].split(" "))));
  const copies = Object.fromEntries(names.map((table, i) => [table, opened[i]])) as unknown as Copies;
  const numbers = new Map<number, number>();
  let image = 0;
  for (let index = 0; index < size.runs; index++) {
    const run = runOf(size, index);
    const number = (numbers.get(run.workspace) ?? 0) + 1;
    numbers.set(run.workspace, number);
    addRun(copies, size, run, number);
    for (let place = 0; place < run.elites; place++) addElite(copies, size, run, { place, image: image++ });
    for (let place = 0; place < resultsOf(run); place++) addResult(copies, size, run, { place, image: image++ });
    for (const copy of opened) await copy.flush();
    if ((index + 1) % 4_000 === 0) onProgress(`${index + 1} of ${size.runs} runs`);
  }
  await Promise.all(opened.map((copy) => copy.close()));
}

/** @param onProgress receives a line now and then. */
export async function seedScale(url: string, size: Size, onProgress: (line: string) => void = () => {}): Promise<void> {
  const database = await openDatabase(url);
  await seedLocalOwner(database.connection);
  await database.close();
  await withClient(url, async (client) => {
    await seedOwners(client, size);
    // Without the write-ahead log, which a database that lives for one measurement does not need.
    await client.query("ALTER TABLE shared_scores SET UNLOGGED");
    await client.query("ALTER TABLE scores SET UNLOGGED");
    const indices = await dropIndices(client, ["images", "workspace_images", "genomes", "elites", "scores", "recognition"]);
    await copyRuns(url, size, onProgress);
    await client.query(
      "INSERT INTO workspace_image_totals (owner, slot, images) SELECT owner, 0, count(*) FROM workspace_images GROUP BY owner",
    );
    await client.query("SET maintenance_work_mem = '1GB'");
    for (const index of indices) {
      onProgress(index.slice(0, 100));
      await client.query(index);
    }
    await client.query(`UPDATE workspaces w SET last_run_number = r.last, last_experiment_number = e.last
      FROM (SELECT workspace_id, max(number) AS last FROM runs GROUP BY 1) r, (SELECT workspace_id, max(number) AS last FROM experiments GROUP BY 1) e
      WHERE r.workspace_id = w.id AND e.workspace_id = w.id`);
    await seedTracking(client);
    onProgress("VACUUM (ANALYZE)");
    await client.query("VACUUM (ANALYZE)");
  });
}
