-- What the tables must never hold and Prisma's schema cannot say.

-- Refuses the row with the trigger's argument as its reason and the trigger's name as the constraint.
-- \073 is the semicolon of the body: Prisma's migration engine splits this file at every one that it sees.
CREATE FUNCTION "refuse_row"() RETURNS trigger LANGUAGE plpgsql AS
E'BEGIN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = ''check_violation'', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME\073 END';

-- A run steps only as packages/core/src/runState.ts allows (a test compares the two).
CREATE TRIGGER "runs_state_step" BEFORE UPDATE ON "runs" FOR EACH ROW
WHEN (
    OLD."state" <> NEW."state" AND (OLD."state", NEW."state") NOT IN (
        ('QUEUED', 'RUNNING'), ('QUEUED', 'PAUSED'), ('QUEUED', 'CANCELLED'), ('QUEUED', 'FAILED'),
        ('RUNNING', 'QUEUED'), ('RUNNING', 'PAUSED'), ('RUNNING', 'SUCCEEDED'), ('RUNNING', 'FAILED'), ('RUNNING', 'CANCELLED'), ('RUNNING', 'CRASHED'),
        ('PAUSED', 'QUEUED'), ('PAUSED', 'CANCELLED'),
        ('FAILED', 'QUEUED'),
        ('CRASHED', 'QUEUED'), ('CRASHED', 'CANCELLED')
    )
)
EXECUTE FUNCTION "refuse_row"('A run cannot take this step between states.');

-- A checkpoint, and the log of events, only move on.
CREATE TRIGGER "runs_monotonic" BEFORE UPDATE ON "runs" FOR EACH ROW
WHEN (NEW."generation" < OLD."generation" OR NEW."evaluations" < OLD."evaluations" OR NEW."event_seq" < OLD."event_seq")
EXECUTE FUNCTION "refuse_row"('The checkpoint of a run cannot go back.');

ALTER TABLE "runs"
    ADD CONSTRAINT "runs_seed_range" CHECK ("seed" BETWEEN 0 AND 2147483647),
    ADD CONSTRAINT "runs_generations_range" CHECK ("generations" >= 1),
    ADD CONSTRAINT "runs_offspring_even" CHECK ("offspring" >= 2 AND "offspring" % 2 = 0),
    ADD CONSTRAINT "runs_generation_range" CHECK ("generation" BETWEEN -1 AND "generations"),
    ADD CONSTRAINT "runs_counters_range" CHECK ("evaluations" >= 0 AND "fooling_count" >= 0 AND "attempts" >= 0 AND "event_seq" >= 0),
    ADD CONSTRAINT "runs_median_range" CHECK ("median" BETWEEN 0 AND 1),
    ADD CONSTRAINT "runs_archive_hash_format" CHECK ("archive_hash" ~ '^[0-9a-f]{64}$'),
    -- A lease exists exactly while a run is RUNNING, and only then can something be asked of its holder.
    ADD CONSTRAINT "runs_lease_while_running" CHECK (
        ("state" = 'RUNNING') = ("lease_token" IS NOT NULL) AND ("lease_token" IS NULL) = ("lease_expires_at" IS NULL)
    ),
    ADD CONSTRAINT "runs_control_while_running" CHECK ("control" = 'NONE' OR "state" = 'RUNNING');

ALTER TABLE "models"
    ADD CONSTRAINT "models_sha256_format" CHECK ("sha256" ~ '^[0-9a-f]{64}$'),
    ADD CONSTRAINT "models_shape" CHECK ("width" > 0 AND "height" > 0 AND "channels" IN (1, 3) AND cardinality("labels") > 0),
    ADD CONSTRAINT "models_test_error_range" CHECK ("test_error" BETWEEN 0 AND 1);

ALTER TABLE "generations"
    ADD CONSTRAINT "generations_statistics_range" CHECK (
        "median" BETWEEN 0 AND 1 AND "mean" BETWEEN 0 AND 1 AND "minimum" BETWEEN 0 AND 1 AND "maximum" BETWEEN 0 AND 1
    ),
    ADD CONSTRAINT "generations_counters_range" CHECK ("generation" >= 0 AND "jumps" >= 0 AND "filled" >= 0 AND "evaluations" >= 0);

ALTER TABLE "genomes"
    ADD CONSTRAINT "genomes_address_range" CHECK ("generation" >= 0 AND "index" >= 0),
    ADD CONSTRAINT "genomes_sha256_format" CHECK ("sha256" ~ '^[0-9a-f]{64}$'),
    -- Inline up to 4 KiB, an object beyond.
    ADD CONSTRAINT "genomes_bytes_place" CHECK (
        CASE WHEN "byte_length" <= 4096 THEN "bytes" IS NOT NULL AND octet_length("bytes") = "byte_length" ELSE "bytes" IS NULL END
    );

ALTER TABLE "elites"
    ADD CONSTRAINT "elites_niche_range" CHECK ("niche" >= 0),
    ADD CONSTRAINT "elites_generation_range" CHECK ("generation" >= 0 AND "replaced_at" > "generation"),
    ADD CONSTRAINT "elites_fitness_range" CHECK ("fitness" BETWEEN 0 AND 1 AND "stored_fitness" BETWEEN 0 AND 1);

ALTER TABLE "images"
    ADD CONSTRAINT "images_sha256_format" CHECK ("sha256" ~ '^[0-9a-f]{64}$'),
    ADD CONSTRAINT "images_shape" CHECK ("width" > 0 AND "height" > 0 AND "channels" IN (1, 3) AND "byte_length" > 0);

ALTER TABLE "scores"
    ADD CONSTRAINT "scores_top_range" CHECK ("top_class" >= 0 AND "top_confidence" BETWEEN 0 AND 1),
    ADD CONSTRAINT "scores_probabilities_length" CHECK (
        octet_length("probabilities") % 4 = 0 AND octet_length("probabilities") > "top_class" * 4
    );

ALTER TABLE "run_events"
    ADD CONSTRAINT "run_events_seq_range" CHECK ("seq" >= 1);

-- One current elite a niche and run.
CREATE UNIQUE INDEX "elites_one_current_a_niche" ON "elites" ("run_id", "niche") WHERE "replaced_at" IS NULL;

-- The gallery shows current elites, surest first, by reading this backwards.
CREATE INDEX "elites_current_by_fitness" ON "elites" ("stored_fitness", "id") WHERE "replaced_at" IS NULL;

-- The zoo's models belong to no workspace, which a unique index over a nullable column does not keep apart.
CREATE UNIQUE INDEX "models_zoo_slug" ON "models" ("slug") WHERE "workspace_id" IS NULL;
