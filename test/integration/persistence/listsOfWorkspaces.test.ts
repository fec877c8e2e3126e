/** What triggers keep for the lists of a workspace stays true through every change, and the migration fills it in for rows of the version before. */

import { writeGenerations } from "@pareidolia/persistence/lab/generations/writeGenerations";
import { countImages, listImages } from "@pareidolia/persistence/lab/images/readImages";
import { deleteRunRows } from "@pareidolia/persistence/lab/runs/deleteRunRows";
import { countScores, listScores } from "@pareidolia/persistence/lab/scores/readScores";
import { countTagUses } from "@pareidolia/persistence/lab/tags/readTags";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { migrate } from "@pareidolia/persistence/server/database/migrations";
import { openScope } from "@pareidolia/persistence/server/scope/openScope";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { createDatabaseBefore } from "../../support/earlierDatabase.ts";
import { findUntrueLists } from "../../support/listTruth.ts";
import { withClient } from "../../support/postgresServer.ts";

const hash = (letter: string): string => letter.repeat(64);
const images = (letters: string): string =>
  letters
    .split("")
    .map((letter) => `('${hash(letter)}', 8, 8, 1, 1)`)
    .join(", ");

/** Two workspaces `v` and `w`: v has an evolution and a perturbation, w an evolution, an ascent and a draft of a study. */
const owners = `
  INSERT INTO users (id, name, email, updated_at) VALUES ('u', 'U', 'u@localhost', now());
  INSERT INTO workspaces (id, name, slug) VALUES ('v', 'V', 'v'), ('w', 'W', 'w');
  INSERT INTO models (id, slug, name, description, licence, source, sha256, width, height, channels, labels, label_space)
    VALUES ('m', 'm', 'M', '', '', '', repeat('0', 64), 8, 8, 1, '{a,b,c}', 'abc'), ('n', 'n', 'N', '', '', '', repeat('0', 64), 8, 8, 1, '{a,b,c}', 'abc');
  INSERT INTO experiments (id, workspace_id, created_by_id, number, name, updated_at)
    VALUES ('e', 'v', 'u', 1, 'E', now()), ('f', 'w', 'u', 1, 'F', now()), ('g', 'w', 'u', 2, 'G', now());
  INSERT INTO images (sha256, width, height, channels, byte_length) VALUES ${images("0123456789abcdef")};
  INSERT INTO runs (id, workspace_id, experiment_id, created_by_id, model_id, number, kind, preset, parameters, plan, source_sha256, seed, updated_at) VALUES
    ('evolution v', 'v', 'e', 'u', 'm', 1, 'evolution', 'paper', '{}', '{"encoding": "direct", "generations": 10, "offspring": 4}', NULL, 1, now()),
    ('evolution w', 'w', 'f', 'u', 'm', 1, 'evolution', 'paper', '{}', '{"encoding": "cppn", "generations": 10, "offspring": 4}', NULL, 1, now()),
    ('ascent w', 'w', 'f', 'u', 'm', 2, 'ascent', 'paper', '{}', '{"method": "gradient-ascent", "evaluationGoal": 10, "classes": [0], "starts": 1}', NULL, 1, now()),
    ('attack v', 'v', 'e', 'u', 'm', 2, 'perturbation', 'usual', '{}', '{"method": "pgd", "evaluationGoal": 10, "bounds": [1]}', '${hash("0")}', 1, now());
  INSERT INTO studies (id, workspace_id, created_by_id, number, title, draft, seed) VALUES ('s', 'w', 'u', 1, 'S', '{}', 1);
`;

const genome = (run: string, index: number, image: string): string =>
  `('${run} ${index}', '${run}', 0, ${index}, repeat('b', 64), 1, 'x', '${hash(image)}')`;
const insertGenomes = "INSERT INTO genomes (id, run_id, generation, index, sha256, byte_length, bytes, image_sha256) VALUES";
const insertScores = "INSERT INTO scores (id, image_sha256, model_id, probabilities, top_class, top_confidence) VALUES";
const score = (image: string, model: string, confidence: number): string =>
  `('${image}${model}', '${hash(image)}', '${model}', '\\x000000000000000000000000', 0, ${confidence})`;
const insertElites = "INSERT INTO elites (id, run_id, genome_id, niche, generation, replaced_at, fitness, stored_fitness) VALUES";
/** Columns that the version before did not have, and their values. */
const ofSearch = { columns: "search_median, search_mean, search_minimum, search_maximum, ", values: "0.9, 0.9, 0.9, 0.9, " };
const insertStatistics = `INSERT INTO generations (run_id, generation, ${ofSearch.columns}median, mean, minimum, maximum, jumps, filled, evaluations) VALUES`;
const statistics = (run: string, generation: number, mean: number): string =>
  `('${run}', ${generation}, ${ofSearch.values}${mean}, ${mean}, 0, ${mean + 0.5}, 1, 3, 4)`;
const withoutSearch = (statements: string): string => statements.replaceAll(ofSearch.columns, "").replaceAll(ofSearch.values, "");

/** Rows of each table that shows an image; 1 is in both workspaces, and so is 2 once another statement shows it. */
/** The version before gave each image an address for voters. */
const rowsWith = (studyImages: string) => `
  ${insertGenomes} ${genome("evolution v", 0, "1")}, ${genome("evolution v", 1, "2")}, ${genome("evolution w", 0, "1")}, ${genome("evolution w", 1, "3")};
  ${insertElites} ('a', 'evolution v', 'evolution v 0', 0, 0, NULL, 0.5, 0.5), ('b', 'evolution v', 'evolution v 1', 1, 0, 3, 0.4, 0.4),
    ('c', 'evolution w', 'evolution w 1', 2, 0, NULL, 0.3, 0.3);
  ${insertStatistics} ${statistics("evolution v", 0, 0.1)}, ${statistics("evolution v", 1, 0.2)}, ${statistics("evolution w", 0, 0.3)};
  ${insertScores} ${score("1", "m", 0.5)}, ${score("1", "n", 0.6)}, ${score("2", "m", 0.7)}, ${score("3", "m", 0.8)}, ${score("f", "m", 0.9)};
  INSERT INTO photos (id, workspace_id, image_sha256, name) VALUES ('product', NULL, '${hash("4")}', 'P'), ('own', 'v', '${hash("5")}', 'Q');
  INSERT INTO trajectories (id, run_id, class, start, step, confidence, stored_confidence, image_sha256) VALUES ('t', 'ascent w', 0, 0, 0, 0.5, 0.5, '${hash("6")}');
  INSERT INTO trajectory_milestones (trajectory_id, level, step, confidence, stored_confidence, image_sha256) VALUES ('t', 0, 0, 0.5, 0.5, '${hash("7")}');
  INSERT INTO replaced_pictures (trajectory_id, image_sha256) VALUES ('t', '${hash("8")}');
  INSERT INTO perturbations (id, run_id, index, success, steps, linf, l2, l0, original_sha256, original_class, original_confidence, stored_class,
      stored_confidence, confidence, image_sha256)
    VALUES ('p', 'attack v', 0, true, 1, 1, 1, 1, '${hash("0")}', 0, 0.5, 1, 0.5, 0.5, '${hash("9")}');
  ${studyImages};
`;

/** Changes, in this order. After the first, both workspaces show 2, which has a score. */
const rows = rowsWith(
  `INSERT INTO study_images (study_id, role, index, image_sha256, label, source) VALUES ('s', 'COUNTED', 0, '${hash("a")}', 0, 'direct')`,
);

const changes: readonly (readonly [what: string, statement: string])[] = [
  ["an image with scores is shown elsewhere", `${insertGenomes} ${genome("evolution w", 2, "2")}`],
  ["another network scores an image of two workspaces", `${insertScores} ${score("2", "n", 0.2)}`],
  ["an image that only scores name is shown", `${insertGenomes} ${genome("evolution w", 3, "f")}`],
  [
    "a photograph of the product shows an image of workspaces",
    `INSERT INTO photos (id, image_sha256, name) VALUES ('both', '${hash("1")}', 'R')`,
  ],
  ["a run stores several generations", `${insertStatistics} ${statistics("evolution w", 2, 0.5)}, ${statistics("evolution w", 1, 0.4)}`],
  ["two runs store one each", `${insertStatistics} ${statistics("evolution w", 9, 0.2)}, ${statistics("evolution v", 2, 0.1)}`],
  ["an earlier generation comes late", `${insertStatistics} ${statistics("evolution w", 4, 0.45)}`],
  [
    "the plan of an ascent changes",
    `UPDATE runs SET plan = plan || '{"starts": 3, "searched": ["decay"], "configurations": [{}, {}]}' WHERE id = 'ascent w'`,
  ],
  ["a perturbation gets more bounds", `UPDATE runs SET plan = plan || '{"bounds": [1, 2, 3]}' WHERE id = 'attack v'`],
  ["an elite is replaced", "UPDATE elites SET replaced_at = 5 WHERE id = 'a'"],
  ["a trajectory moves on", `UPDATE trajectories SET image_sha256 = '${hash("b")}' WHERE id = 't'`],
  ["its images are forgotten", "DELETE FROM replaced_pictures"],
  ["a run moves to another experiment", "UPDATE runs SET experiment_id = 'g' WHERE workspace_id = 'w'"],
  ["genomes of one of two workspaces go", "DELETE FROM genomes WHERE run_id = 'evolution v' AND index = 1"],
  ["a photograph goes", "DELETE FROM photos WHERE id = 'both'"],
  ["images of a study go", "DELETE FROM study_images"],
  ["a network goes", "DELETE FROM models WHERE id = 'n'"],
  ["a run goes with everything that it has", "DELETE FROM runs WHERE id = 'ascent w'"],
  ["the other kind of run, too", "DELETE FROM runs WHERE id = 'attack v'"],
  ["the product's photograph goes", "DELETE FROM photos WHERE id = 'product'"],
];

describe("rows of the version before", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabaseBefore("lists_of_workspaces");
    await withClient(database.url, (client) =>
      client.query(
        withoutSearch(
          owners +
            rowsWith(
              `INSERT INTO study_images (study_id, role, index, image_sha256, token, label, source) VALUES ('s', 'COUNTED', 0, '${hash("a")}', 't', 0, 'direct')`,
            ) +
            changes
              .slice(0, 4)
              .map(([, statement]) => `${statement};`)
              .join(""),
        ),
      ),
    );
    await migrate(database.url);
  });
  afterAll(() => database.drop());

  it("get their columns, totals, images and scores", async () => {
    expect(await findUntrueLists(database.url)).toEqual({});
    const { rows: kept } = await withClient(database.url, (client) =>
      client.query(`SELECT (SELECT count(*)::int FROM workspace_images) AS images, (SELECT count(*)::int FROM shared_scores) AS shared,
        (SELECT count(*)::int FROM run_totals) AS totals, (SELECT max(created_at) FROM workspace_images) = (SELECT max(created_at) FROM images) AS "sameTime"`),
    );
    // 0 to a and f, of which 1 has three owners and 2 two; the scores of 1 are shared twice each.
    expect(kept).toEqual([{ images: 15, shared: 6, totals: 4, sameTime: true }]);
  });
});

describe("what lists of workspaces read", () => {
  let testDatabase: TestDatabase;
  let database: Database;
  const page = { limit: 100, backward: false, after: null, before: null };
  const scoresOf = async (workspace: string, modelId?: string) => {
    const filter = { scope: openScope(workspace), modelId };
    const { rows: found } = await listScores(database.connection, { filter, page });
    expect(await countScores({ connection: database.connection, most: null }, filter)).toBe(found.length);
    return found.map(({ node }) => node.id);
  };
  const imagesOf = async (workspace: string) => {
    const scope = openScope(workspace);
    const { rows: found } = await listImages(database.connection, { scope, page });
    expect(await countImages({ connection: database.connection, most: 100 }, scope)).toBe(found.length);
    return found
      .map(({ node }) => node.sha256[0])
      .toSorted((one, other) => (one ?? "").localeCompare(other ?? ""))
      .join("");
  };

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    database = await openDatabase(testDatabase.url);
    await withClient(testDatabase.url, (connected) => connected.query(owners + rows));
  });
  afterAll(async () => {
    await database.close();
    await testDatabase.drop();
  });

  it("is true for new rows, of which writers give only the run", async () => {
    expect(await findUntrueLists(testDatabase.url)).toEqual({});
    expect(await imagesOf("v")).toBe("012459");
    expect(await imagesOf("w")).toBe("134678a");
    // The surest first; nothing shows the image of the surest score.
    expect(await scoresOf("v")).toEqual(["2m", "1n", "1m"]);
    expect(await scoresOf("w")).toEqual(["3m", "1n", "1m"]);
    expect(await scoresOf("w", "n")).toEqual(["1n"]);
  });

  it("stays true through each change", async () => {
    for (const [what, statement] of changes) {
      await withClient(testDatabase.url, (connected) => connected.query(statement));
      expect(await findUntrueLists(testDatabase.url), what).toEqual({});
    }
    expect(await imagesOf("w")).toBe("123f");
    expect(await scoresOf("w")).toEqual(["fm", "3m", "2m", "1m"]);
    expect(await scoresOf("v")).toEqual(["1m"]);
  });

  it("lists an image of the workspace and of the product once", async () => {
    await database.connection.photo.create({ data: { id: "twice", imageSha256: hash("1"), name: "T" } });
    expect(await imagesOf("v")).toBe("15");
    expect(await scoresOf("v")).toEqual(["1m"]);
    expect(await scoresOf("unknown")).toEqual(["1m"]);
    await database.connection.photo.delete({ where: { id: "twice" } });
  });

  it("is true when workers store generations and users delete runs", async () => {
    const ofGeneration = (generation: number) => {
      const image = { sha256: hash("abcdef"[generation] ?? "e"), width: 8, height: 8, channels: 1, byteLength: 1 };
      const stored = {
        generation,
        index: 0,
        image,
        probabilities: Float32Array.of(0.2, 0.7, 0.1),
        sha256: hash("b"),
        byteLength: 1,
        bytes: Uint8Array.of(1),
        parents: [],
      };
      return {
        genomes: [stored],
        elites: [{ generation, index: 0, niche: 1, fitness: 0.5 + generation / 10, storedFitness: 0.5, replacedAt: null }],
      };
    };
    for (const runId of ["evolution v", "evolution w"])
      for (const generation of [0, 1, 2])
        await database.transaction(({ connection }) =>
          writeGenerations(connection, {
            runId,
            modelId: "m",
            after: generation,
            statistics: [],
            ...ofGeneration(generation + 1),
          }).then(() => undefined),
        );
    expect(await findUntrueLists(testDatabase.url)).toEqual({});
    await database.transaction(({ connection }) => deleteRunRows(connection, "evolution v"));
    expect(await findUntrueLists(testDatabase.url)).toEqual({});
    expect(await imagesOf("v")).toBe("5");
    expect(await scoresOf("v")).toEqual([]);
    expect(await imagesOf("w")).toBe("123bcdf");
  });

  it("counts the runs and experiments of tags without those in the trash, and the locked ones", async () => {
    const run = (id: string, experiment: string, number: number) =>
      `('${id}', 'v', '${experiment}', 'u', 'm', ${number}, 'evolution', 'paper', '{}', '{"encoding": "direct", "generations": 10, "offspring": 4}', 1, now())`;
    await withClient(testDatabase.url, (connected) =>
      connected.query(`
        INSERT INTO experiments (id, workspace_id, created_by_id, number, name, updated_at, locked_at)
          VALUES ('open', 'v', 'u', 10, 'O', now(), NULL), ('locked', 'v', 'u', 11, 'L', now(), now());
        INSERT INTO runs (id, workspace_id, experiment_id, created_by_id, model_id, number, kind, preset, parameters, plan, seed, updated_at)
          VALUES ${run("free", "open", 10)}, ${run("held", "open", 11)}, ${run("gone", "open", 12)}, ${run("of locked", "locked", 13)};
        UPDATE runs SET locked_at = now() WHERE id IN ('held', 'of locked');
        UPDATE runs SET trashed_at = now(), locked_at = NULL WHERE id = 'gone';
        INSERT INTO tags (id, workspace_id, name) VALUES ('all', 'v', 'all'), ('some', 'v', 'some'), ('none', 'v', 'none');
        INSERT INTO run_tags (run_id, tag_id) VALUES ('free', 'all'), ('held', 'all'), ('gone', 'all'), ('of locked', 'all'), ('free', 'some'), ('gone', 'some');
        INSERT INTO experiment_tags (experiment_id, tag_id) VALUES ('open', 'all'), ('locked', 'all'), ('locked', 'some');`),
    );
    expect(await countTagUses(database.connection, ["some", "none", "all", "unknown"])).toEqual([
      expect.objectContaining({ runCount: 1, experimentCount: 1, lockedCount: 1 }),
      expect.objectContaining({ runCount: 0, experimentCount: 0, lockedCount: 0 }),
      // A run that is locked with its experiment counts once, beside the experiment.
      expect.objectContaining({ runCount: 3, experimentCount: 2, lockedCount: 3 }),
      { runCount: 0, experimentCount: 0, lockedCount: 0 },
    ]);
  });

  it("refuses another image for a row whose image never changes", async () => {
    await expect(
      withClient(testDatabase.url, (connected) => connected.query(`UPDATE genomes SET image_sha256 = '${hash("0")}'`)),
    ).rejects.toMatchObject({ constraint: "genomes_image_stays" });
  });
});
