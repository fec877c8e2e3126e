/** Migrations run once, match Prisma's record and refuse a database of another version; the tables enforce their constraints. */
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { canTransition, runStates } from "@pareidolia/core/runState";
import { migrate, readMigrations } from "@pareidolia/persistence/server/database/migrations";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";

const migrationsFolder = fileURLToPath(new URL("../../../prisma/migrations", import.meta.url));

describe("migrations", () => {
  let database: TestDatabase;
  let client: pg.Client;
  let copy: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new pg.Client({ connectionString: database.ownerUrl });
    await client.connect();
    copy = await mkdtemp(path.join(tmpdir(), "pareidolia-migrations-"));
    await cp(migrationsFolder, copy, { recursive: true });
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
    await rm(copy, { recursive: true });
  });

  it("do nothing on an up-to-date database", async () => {
    expect(await migrate(database.ownerUrl)).toEqual([]);
  });

  it("run once each when several processes start together on an empty database", async () => {
    await client.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    const applied = await Promise.all([migrate(database.ownerUrl), migrate(database.ownerUrl), migrate(database.ownerUrl)]);
    const known = await readMigrations();
    expect(applied.flat().sort()).toEqual(known.map(({ name }) => name));
  });

  it("keep Prisma's record with the SHA-256 of each file", async () => {
    const { rows } = await client.query(
      'SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished, rolled_back_at, applied_steps_count AS steps FROM "_prisma_migrations" ORDER BY 1',
    );
    const known = await readMigrations();
    expect(rows).toEqual(known.map(({ name, checksum }) => ({ name, checksum, finished: true, rolled_back_at: null, steps: 1 })));
  });

  it("refuse a migration that changed after it was applied", async () => {
    const [first] = await readMigrations(copy);
    if (first === undefined) throw new Error("There is no migration.");
    const file = path.join(copy, first.name, "migration.sql");
    await writeFile(file, `${first.sql}\n-- changed`);
    await expect(migrate(database.ownerUrl, { folder: copy })).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining(first.name),
    });
    await writeFile(file, first.sql);
  });

  it("refuse a database that is newer than the code", async () => {
    const known = await readMigrations(copy);
    const last = known.at(-1);
    if (last === undefined) throw new Error("There is no migration.");
    await rm(path.join(copy, last.name), { recursive: true });
    await expect(migrate(database.ownerUrl, { folder: copy })).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("newer"),
    });
  });

  it("allow the same steps between run states as core", async () => {
    await client.query(`
      INSERT INTO users (id, name, email, updated_at) VALUES ('u', 'U', 'u@localhost', now());
      INSERT INTO workspaces (id, name, slug) VALUES ('w', 'W', 'w');
      INSERT INTO models (id, slug, name, description, licence, source, sha256, width, height, channels, labels, label_space)
        VALUES ('m', 'm', 'M', '', '', '', repeat('0', 64), 8, 8, 1, '{a,b}', 'ab');
      INSERT INTO experiments (id, workspace_id, created_by_id, number, name, updated_at) VALUES ('e', 'w', 'u', 1, 'E', now());
      INSERT INTO runs (id, workspace_id, experiment_id, created_by_id, model_id, number, kind, plan, preset, parameters, seed, updated_at)
        VALUES ('r', 'w', 'e', 'u', 'm', 1, 'evolution', '{"encoding": "direct", "generations": 10, "offspring": 4}', 'paper', '{}', 1, now());
    `);
    for (const from of runStates)
      for (const to of runStates) {
        if (from === to) continue;
        await client.query("ALTER TABLE runs DISABLE TRIGGER runs_state_step");
        const lease = (state: string) => (state === "RUNNING" ? "'t', lease_expires_at = now()" : "NULL, lease_expires_at = NULL");
        await client.query(`UPDATE runs SET state = '${from}', lease_token = ${lease(from)}`);
        await client.query("ALTER TABLE runs ENABLE TRIGGER runs_state_step");
        const step = client.query(`UPDATE runs SET state = '${to}', lease_token = ${lease(to)}`);
        if (canTransition(from, to)) await expect(step, `${from} to ${to}`).resolves.toBeDefined();
        else await expect(step, `${from} to ${to}`).rejects.toMatchObject({ constraint: "runs_state_step" });
      }
  });

  it("refuse values out of range and a checkpoint that goes back", async () => {
    const refused: readonly (readonly [string, string])[] = [
      ["UPDATE runs SET seed = -1", "runs_seed_range"],
      [`UPDATE runs SET plan = plan || '{"generations": 0}'`, "runs_generations_range"],
      [`UPDATE runs SET plan = plan || '{"offspring": 3}'`, "runs_offspring_even"],
      ["UPDATE runs SET generation = 11", "runs_generation_range"],
      ["UPDATE runs SET archive_hash = 'ABC'", "runs_archive_hash_format"],
      ["UPDATE runs SET control = 'PAUSE'", "runs_control_while_running"],
      ["UPDATE runs SET lease_token = 't', lease_expires_at = now()", "runs_lease_while_running"],
      ["UPDATE models SET sha256 = 'x'", "models_sha256_format"],
      ["UPDATE models SET label_space = ''", "models_label_space_given"],
      ["UPDATE models SET state = 'REFUSED'", "models_refusal_of_refused"],
      ["UPDATE runs SET kind = 'ascent'", "runs_plan_of_kind"],
      [`UPDATE runs SET plan = plan || '{"encoding": 1}'`, "runs_plan_of_kind"],
      ["UPDATE runs SET plan = plan - 'offspring'", "runs_plan_of_kind"],
      [
        `UPDATE runs SET kind = 'perturbation', plan = '{"method": "pgd", "bounds": [], "evaluationGoal": 0}'`,
        "runs_evaluation_goal_range",
      ],
      ["UPDATE runs SET plan = '[]'", "runs_plan_object"],
      [`UPDATE runs SET plan = '{"searched": [], "configurations": []}'`, "runs_configurations_of_search"],
      ["INSERT INTO images (sha256, width, height, channels, byte_length) VALUES (repeat('a', 64), 8, 8, 2, 1)", "images_shape"],
    ];
    for (const [statement, constraint] of refused) await expect(client.query(statement), statement).rejects.toMatchObject({ constraint });
    await client.query("UPDATE runs SET generation = 5");
    await expect(client.query("UPDATE runs SET generation = 4")).rejects.toMatchObject({ constraint: "runs_monotonic" });
  });

  it("allow one current elite per niche of a run, confidences from 0 to 1, and only small genomes inline", async () => {
    await client.query(`
      INSERT INTO images (sha256, width, height, channels, byte_length) VALUES (repeat('a', 64), 8, 8, 1, 1);
      INSERT INTO genomes (id, run_id, generation, index, sha256, byte_length, bytes, image_sha256) VALUES ('g', 'r', 0, 0, repeat('b', 64), 1, 'x', repeat('a', 64));
      INSERT INTO elites (id, run_id, genome_id, niche, generation, fitness, stored_fitness) VALUES ('1', 'r', 'g', 3, 0, 0.5, 0.5);
    `);
    const second =
      "INSERT INTO elites (id, run_id, genome_id, niche, generation, fitness, stored_fitness) VALUES ('2', 'r', 'g', 3, 1, 0.6, 0.6)";
    await expect(client.query(second)).rejects.toMatchObject({ constraint: "elites_one_current_a_niche" });
    await client.query("UPDATE elites SET replaced_at = 1 WHERE id = '1'");
    await client.query(second);
    for (const [statement, constraint] of [
      ["UPDATE elites SET fitness = 1.01", "elites_fitness_range"],
      ["UPDATE elites SET stored_fitness = 'NaN'", "elites_fitness_range"],
      ["UPDATE elites SET niche = -1", "elites_niche_range"],
      ["UPDATE genomes SET bytes = NULL", "genomes_bytes_place"],
      ["UPDATE genomes SET byte_length = 5000, bytes = convert_to(repeat('x', 5000), 'UTF8')", "genomes_bytes_place"],
    ] as const)
      await expect(client.query(statement), statement).rejects.toMatchObject({ constraint });
  });

  it("allow one trajectory per configuration, class and start of a run, and only complete searches", async () => {
    await client.query(`
      INSERT INTO runs (id, workspace_id, experiment_id, created_by_id, model_id, number, kind, preset, parameters, plan, seed, updated_at)
        VALUES ('a', 'w', 'e', 'u', 'm', 2, 'ascent', 'paper', '{}',
          '{"method": "gradient-ascent", "evaluationGoal": 10, "classes": [0], "starts": 1}', 1, now());
    `);
    const insert = (id: string, configuration: number) =>
      client.query(`INSERT INTO trajectories (id, run_id, configuration, class, start, step, confidence, stored_confidence, image_sha256)
        VALUES ('${id}', 'a', ${configuration}, 0, 0, 0, 0.5, 0.5, repeat('a', 64))`);
    await insert("t0", 0);
    await insert("t1", 1);
    await expect(insert("t2", 1)).rejects.toMatchObject({ constraint: "trajectories_run_id_configuration_class_start_key" });
    await expect(insert("t3", -1)).rejects.toMatchObject({ constraint: "trajectories_configuration_range" });
    const plan = (search: string) => client.query(`UPDATE runs SET plan = plan || '${search}' WHERE id = 'a'`);
    for (const search of [
      '{"configurations": []}',
      '{"searched": []}',
      '{"searched": [], "configurations": 3}',
      '{"searched": {}, "configurations": []}',
    ])
      await expect(plan(search), search).rejects.toMatchObject({ constraint: "runs_configurations_of_search" });
    await plan('{"searched": ["decay"], "configurations": [{"decay": 0}]}');
  });

  it("require an existing workspace for a chain, and delete the chain with its workspace", async () => {
    const insert = (id: string, workspace: string) =>
      client.query(
        `INSERT INTO chains (id, workspace_id, run_id, name, dataset, iterations) VALUES ('${id}', '${workspace}', 'a', 'C', 'mnist', 1)`,
      );
    await expect(insert("c0", "nowhere")).rejects.toMatchObject({ constraint: "chains_workspace_id_fkey" });
    await insert("c1", "w");
    await client.query("BEGIN");
    await client.query("DELETE FROM workspaces WHERE id = 'w'");
    expect((await client.query("SELECT id FROM chains")).rows).toEqual([]);
    await client.query("ROLLBACK");
  });

  it("correct the workspace of stored chains before enforcing it", async () => {
    const known = await readMigrations();
    const added = known.find(({ sql }) => sql.includes("chains_workspace_id_fkey"));
    if (added === undefined) throw new Error("No migration adds the foreign key of chains.");
    await client.query("ALTER TABLE chains DROP CONSTRAINT chains_workspace_id_fkey");
    await client.query("UPDATE chains SET workspace_id = 'nowhere'");
    await client.query(added.sql);
    expect((await client.query("SELECT workspace_id FROM chains")).rows).toEqual([{ workspace_id: "w" }]);
  });

  it("assign configuration 0 to trajectories stored before configurations existed", async () => {
    const known = await readMigrations();
    const added = known.find(({ sql }) => sql.includes('ADD COLUMN "configuration"'));
    if (added === undefined) throw new Error("No migration adds configurations.");
    const before = await mkdtemp(path.join(tmpdir(), "pareidolia-migrations-"));
    await cp(migrationsFolder, before, { recursive: true });
    for (const later of known.filter((migration) => migration.name >= added.name))
      await rm(path.join(before, later.name), { recursive: true });
    await client.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    await migrate(database.ownerUrl, { folder: before });
    await rm(before, { recursive: true });
    await client.query(`
      INSERT INTO users (id, name, email, updated_at) VALUES ('u', 'U', 'u@localhost', now());
      INSERT INTO workspaces (id, name, slug) VALUES ('w', 'W', 'w');
      INSERT INTO models (id, slug, name, description, licence, source, sha256, width, height, channels, labels, label_space)
        VALUES ('m', 'm', 'M', '', '', '', repeat('0', 64), 8, 8, 1, '{a,b}', 'ab');
      INSERT INTO experiments (id, workspace_id, created_by_id, number, name, updated_at) VALUES ('e', 'w', 'u', 1, 'E', now());
      INSERT INTO runs (id, workspace_id, experiment_id, created_by_id, model_id, number, kind, method, evaluation_goal, preset, parameters, plan, seed, updated_at)
        VALUES ('a', 'w', 'e', 'u', 'm', 1, 'ascent', 'gradient-ascent', 10, 'paper', '{}', '{"classes": [0, 1], "starts": 1}', 1, now());
      INSERT INTO images (sha256, width, height, channels, byte_length) VALUES (repeat('a', 64), 8, 8, 1, 1);
      INSERT INTO trajectories (id, run_id, class, start, step, confidence, stored_confidence, image_sha256)
        SELECT 't' || c, 'a', c, 0, 0, 0.5, 0.5, repeat('a', 64) FROM generate_series(0, 1) AS c;
    `);
    expect(await migrate(database.ownerUrl)).toContain(added.name);
    const { rows } = await client.query("SELECT id, configuration FROM trajectories ORDER BY id");
    expect(rows).toEqual([
      { id: "t0", configuration: 0 },
      { id: "t1", configuration: 0 },
    ]);
  });
});
