/** Images of the runs of `searchedRuns` and of a perturbation and a chain, and what each has of every searchable property. */
import { createHash } from "node:crypto";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { testModel } from "./runs.ts";
import { createSearchedRuns, memberNames, type SearchedRun, searchedRun, searchedRunCount, searchNow } from "./searchedRuns.ts";

type Plain = number | string | boolean | null;

export interface SearchedImage {
  readonly id: string;
  readonly kind: string;
  readonly sha256: string;
  /** The fields of its run, in the words of a search. */
  readonly run: Readonly<Record<string, Plain | readonly Plain[]>>;
  readonly class: number;
  readonly confidence: number;
  readonly created: number;
  readonly generation: number | null;
  readonly reached: boolean;
  readonly replaced: boolean;
  readonly votes: number | null;
  /** Of the votes. */
  readonly recognised: number | null;
}

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");
const confidences = [0.2, 0.5, 0.99, 0.9999, 1];
const byMe = "Local user";

function fieldsOf(run: SearchedRun): SearchedImage["run"] {
  const nameOf = (user: string | null) => (user === null ? null : (memberNames[user] ?? byMe));
  return {
    ...run,
    experiment: [run.experiment, run.experimentName],
    model: ["Linear", "linear"],
    by: nameOf(run.by),
    assignee: nameOf(run.assignee),
    tag: run.tags.length === 0 ? [null] : run.tags,
  };
}

function others(number: number, kind: string, method: string): SearchedImage["run"] {
  const none = { name: "", notes: "", assignee: null, tag: [null], pinned: false, archived: false, encoding: null };
  return {
    ...none,
    run: number,
    kind,
    method,
    experiment: ["EXP-1", "MNIST, two encodings"],
    model: ["Linear", "linear"],
    state: "SUCCEEDED",
    preset: "paper",
    seed: 7,
    by: byMe,
  };
}
const perturbation = { number: 101, kind: "perturbation", method: "pgd" };
const chain = { number: 102, kind: "retraining", method: "fooling-class" };

interface Given extends Pick<SearchedImage, "id" | "kind" | "run" | "class" | "created"> {
  readonly place: number;
  readonly generation?: number;
  readonly reached?: boolean;
  readonly replaced?: boolean;
}

/** Every third image has votes, which a chain's cannot have. */
function imageOf({ place, ...given }: Given): SearchedImage {
  const confidence = confidences[place % confidences.length] as number;
  const votes = given.kind !== "retraining" && place % 3 === 0 ? place % 7 : null;
  return {
    generation: null,
    reached: confidence >= 0.9999,
    replaced: false,
    ...given,
    sha256: hashOf(given.id),
    confidence,
    votes,
    recognised: votes === null || votes === 0 ? null : (place % (votes + 1)) / votes,
  };
}

/** Of a workspace: three elites of each evolution, of which the first is replaced, two trajectories of each ascent, four attacks, and a link. */
export function searchedImages(workspaceId = localWorkspaceId): SearchedImage[] {
  const ofRuns = Array.from({ length: searchedRunCount }, (_, i) => searchedRun(i)).flatMap((run, i) =>
    (run.kind === "evolution" ? [0, 1, 2] : [0, 1]).map((n) =>
      imageOf({
        id: `${workspaceId}-image-${i}-${n}`,
        kind: run.kind,
        run: fieldsOf(run),
        class: n === 0 ? 1 : n,
        // Some have equal times.
        created: run.created + (n === 2 ? 1 : n) * 1_000,
        place: i * 3 + n,
        ...(run.kind === "evolution" ? { generation: n * 10, replaced: n === 0 } : {}),
      }),
    ),
  );
  const attacks = [0, 1, 2, 3].map((n) =>
    imageOf({
      id: `${workspaceId}-image-p-${n}`,
      kind: "perturbation",
      run: others(perturbation.number, perturbation.kind, perturbation.method),
      class: n,
      created: searchNow - n * 1_000,
      place: 100 + n,
      reached: n % 2 === 0,
    }),
  );
  const links = [0, 1, 4].map((n) =>
    imageOf({
      id: `${workspaceId} link:${n}`,
      kind: "retraining",
      run: others(chain.number, chain.kind, chain.method),
      class: n,
      created: searchNow - 3_600_000,
      place: 200 + n,
    }),
  );
  return [...ofRuns, ...attacks, ...links];
}

async function createOthers({ connection }: Database, workspaceId: string, modelId: string, createdById: string): Promise<void> {
  const common = {
    workspaceId,
    modelId,
    createdById,
    experimentId: `${workspaceId} experiment 1`,
    preset: "paper",
    parameters: {},
    seed: 7,
  };
  const plans = [
    { ...perturbation, plan: { method: perturbation.method, bounds: [1, 2, 4, 8], target: null, evaluationGoal: 10, crop: [] } },
    { ...chain, plan: { method: chain.method, dataset: "mnist", iterations: 1, evaluationGoal: 10 } },
  ];
  for (const { number, kind, plan } of plans)
    await connection.run.create({
      data: { ...common, id: `${workspaceId} run ${kind}`, number, kind, plan, state: "SUCCEEDED", createdAt: new Date(searchNow) },
    });
  const runId = `${workspaceId} run ${chain.kind}`;
  await connection.chain.create({ data: { id: `${workspaceId} chain`, workspaceId, runId, name: "", dataset: "mnist", iterations: 1 } });
  const endedAt = new Date(searchNow - 3_600_000);
  await connection.chainLink.create({
    data: { id: `${workspaceId} link`, chainId: `${workspaceId} chain`, runId, iteration: 1, modelId, state: "SUCCEEDED", endedAt },
  });
}

/** Where an image of a run is stored. */
function writeImage({ connection }: Database, workspaceId: string, image: SearchedImage): Promise<unknown> {
  const number = image.run["run"] as number;
  const { id, kind, sha256: imageSha256, class: label, confidence, generation, replaced } = image;
  const runId = kind === "perturbation" || kind === "retraining" ? `${workspaceId} run ${kind}` : `${workspaceId} run ${number - 1}`;
  const common = { id, runId, createdAt: new Date(image.created) };
  const place = Number(/\d+$/.exec(id)?.[0]);
  if (kind === "evolution")
    return connection.genome
      .create({
        data: {
          ...common,
          generation: generation ?? 0,
          index: place,
          sha256: imageSha256,
          byteLength: 1,
          bytes: Buffer.from([0]),
          imageSha256,
        },
      })
      .then(() =>
        connection.elite.create({
          data: {
            ...common,
            genomeId: id,
            niche: label,
            generation: generation ?? 0,
            replacedAt: replaced ? 10 : null,
            fitness: confidence,
            storedFitness: confidence,
          },
        }),
      );
  if (kind === "ascent")
    return connection.trajectory.create({
      data: { ...common, class: label, start: place, step: 1, confidence, storedConfidence: confidence, imageSha256 },
    });
  if (kind === "perturbation")
    return connection.perturbation.create({
      data: {
        ...common,
        index: place,
        success: image.reached,
        steps: 1,
        linf: 1,
        l2: 1,
        l0: 1,
        originalSha256: imageSha256,
        originalClass: 0,
        originalConfidence: 0.5,
        storedClass: label,
        storedConfidence: confidence,
        confidence,
        imageSha256,
      },
    });
  return connection.chainElite.create({
    data: { linkId: `${workspaceId} link`, niche: label, confidence, storedConfidence: confidence, imageSha256 },
  });
}

async function createImages(database: Database, workspaceId: string): Promise<void> {
  const { connection } = database;
  const { labelSpace } = await connection.model.findFirstOrThrow({ where: { slug: testModel.id } });
  for (const image of searchedImages(workspaceId)) {
    const { sha256, class: label, votes, recognised } = image;
    await connection.image.create({ data: { sha256, width: 8, height: 8, channels: 1, byteLength: 100 } });
    await writeImage(database, workspaceId, image);
    if (votes !== null)
      await connection.recognition.create({
        data: {
          workspaceId,
          imageSha256: sha256,
          labelSpace,
          label,
          studies: 1,
          votes,
          correctedVotes: votes,
          recognised: (recognised ?? 0) * votes,
        },
      });
  }
}

/** The same images in two workspaces, and one of a run in the trash of the first. */
export async function createSearchedImages(database: Database, stranger: { workspaceId: string; userId: string }): Promise<void> {
  const { connection } = database;
  await createSearchedRuns(database);
  const { id: modelId } = await connection.model.findFirstOrThrow({ where: { slug: testModel.id } });
  const places = [
    { workspaceId: localWorkspaceId, userId: localUserId },
    { workspaceId: stranger.workspaceId, userId: stranger.userId },
  ];
  for (const { workspaceId, userId } of places) {
    await createOthers(database, workspaceId, modelId, userId);
    await createImages(database, workspaceId);
  }
  const [image] = searchedImages();
  await connection.trajectory.create({
    data: {
      id: "trashed image",
      runId: "trashed",
      class: 0,
      start: 0,
      step: 1,
      confidence: 1,
      storedConfidence: 1,
      imageSha256: image?.sha256 ?? "",
    },
  });
}
