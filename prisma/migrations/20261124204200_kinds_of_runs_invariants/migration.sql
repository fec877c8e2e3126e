-- What the tables of the other kinds of runs must never hold and Prisma's schema cannot say.

ALTER TABLE "runs"
    -- What makes the images is an encoding in an evolution, and an ascent, attack or recipe otherwise.
    ADD CONSTRAINT "runs_method_of_kind" CHECK (
        CASE WHEN "kind" = 'evolution'
            THEN "encoding" IS NOT NULL AND "generations" IS NOT NULL AND "offspring" IS NOT NULL AND "method" IS NULL
            ELSE "method" IS NOT NULL AND "encoding" IS NULL AND "generations" IS NULL AND "offspring" IS NULL
                AND "evaluation_goal" > 0
        END
    ),
    ADD CONSTRAINT "runs_plan_object" CHECK (jsonb_typeof("plan") = 'object' AND jsonb_typeof("framing") = 'object');

-- Old rows: models that name their classes alike are compared with one another.
UPDATE "models" SET "label_space" = 'labels:' || substr(encode(sha256(convert_to(array_to_string("labels", E'\n'), 'UTF8')), 'hex'), 1, 24);
ALTER TABLE "models"
    ADD CONSTRAINT "models_label_space_given" CHECK ("label_space" <> ''),
    ADD CONSTRAINT "models_byte_length_range" CHECK ("byte_length" > 0),
    ADD CONSTRAINT "models_refusal_of_refused" CHECK (("state" = 'REFUSED') = ("refusal" IS NOT NULL));

ALTER TABLE "uploads"
    ADD CONSTRAINT "uploads_sha256_format" CHECK ("sha256" ~ '^[0-9a-f]{64}$'),
    ADD CONSTRAINT "uploads_byte_length_range" CHECK ("byte_length" > 0);

ALTER TABLE "trajectories"
    ADD CONSTRAINT "trajectories_range" CHECK (
        "class" >= 0 AND "start" >= 0 AND "step" >= 0 AND "confidence" BETWEEN 0 AND 1 AND "stored_confidence" BETWEEN 0 AND 1
    ),
    ADD CONSTRAINT "trajectories_curve_even" CHECK (
        cardinality("curve_steps") = cardinality("curve_confidences") AND cardinality("curve_steps") = cardinality("curve_stored_confidences")
        AND cardinality("curve_steps") = cardinality("curve_norms")
    );

ALTER TABLE "trajectory_milestones"
    ADD CONSTRAINT "trajectory_milestones_range" CHECK (
        "level" BETWEEN 0 AND 1 AND "step" >= 0 AND "confidence" BETWEEN 0 AND 1 AND "stored_confidence" BETWEEN 0 AND 1
    );

ALTER TABLE "perturbations"
    ADD CONSTRAINT "perturbations_range" CHECK (
        "index" >= 0 AND "bound" >= 0 AND "steps" >= 0 AND "linf" >= 0 AND "l2" >= 0 AND "l0" >= 0
        AND "original_class" >= 0 AND "original_confidence" BETWEEN 0 AND 1 AND "stored_class" >= 0
        AND "stored_confidence" BETWEEN 0 AND 1 AND "stored_target_confidence" BETWEEN 0 AND 1 AND "confidence" BETWEEN 0 AND 1
    );

ALTER TABLE "chains" ADD CONSTRAINT "chains_iterations_range" CHECK ("iterations" BETWEEN 1 AND 100);

ALTER TABLE "chain_links"
    ADD CONSTRAINT "chain_links_range" CHECK (
        "iteration" >= 1 AND "test_error" BETWEEN 0 AND 1 AND "median_confidence" BETWEEN 0 AND 1 AND "fooling_share" BETWEEN 0 AND 1
        AND "fooling_images" >= 0
    );

ALTER TABLE "chain_elites"
    ADD CONSTRAINT "chain_elites_range" CHECK ("niche" >= 0 AND "confidence" BETWEEN 0 AND 1 AND "stored_confidence" BETWEEN 0 AND 1);

ALTER TABLE "analyses"
    ADD CONSTRAINT "analyses_progress_range" CHECK ("done" >= 0 AND "total" >= 0 AND "attempts" >= 0),
    ADD CONSTRAINT "analyses_end" CHECK (
        ("state" = 'SUCCEEDED') = ("result" IS NOT NULL) AND ("state" = 'FAILED') = ("failure" IS NOT NULL)
    );

-- By whom a stored picture may be seen: those in whose workspace something shows it, and everybody (null) for the product's photographs.
CREATE VIEW "image_owners" AS
    SELECT g."image_sha256" AS "sha256", r."workspace_id" FROM "genomes" g JOIN "runs" r ON r."id" = g."run_id"
    UNION ALL SELECT p."image_sha256", p."workspace_id" FROM "photos" p
    UNION ALL SELECT r."source_sha256", r."workspace_id" FROM "runs" r WHERE r."source_sha256" IS NOT NULL
    UNION ALL SELECT t."image_sha256", r."workspace_id" FROM "trajectories" t JOIN "runs" r ON r."id" = t."run_id"
    UNION ALL SELECT m."image_sha256", r."workspace_id" FROM "trajectory_milestones" m
        JOIN "trajectories" t ON t."id" = m."trajectory_id" JOIN "runs" r ON r."id" = t."run_id"
    UNION ALL SELECT p."image_sha256", r."workspace_id" FROM "perturbations" p JOIN "runs" r ON r."id" = p."run_id"
    UNION ALL SELECT p."original_sha256", r."workspace_id" FROM "perturbations" p JOIN "runs" r ON r."id" = p."run_id"
    UNION ALL SELECT e."image_sha256", r."workspace_id" FROM "chain_elites" e
        JOIN "chain_links" l ON l."id" = e."link_id" JOIN "runs" r ON r."id" = l."run_id";
