-- What only one kind of run has belongs to its plan. These columns move there; existing runs keep their values.
ALTER TABLE "runs"
    DROP CONSTRAINT "runs_method_of_kind",
    DROP CONSTRAINT "runs_generations_range",
    DROP CONSTRAINT "runs_offspring_even",
    DROP CONSTRAINT "runs_generation_range";

-- The first object of each kind fills in what plans of early versions left out.
UPDATE "runs" SET "plan" = CASE "kind"
    WHEN 'evolution' THEN "plan"
        || jsonb_build_object('encoding', "encoding", 'generations', "generations", 'offspring', "offspring")
    WHEN 'ascent' THEN '{"starts": 1, "crop": []}' || "plan"
        || jsonb_build_object('method', "method", 'evaluationGoal', "evaluation_goal")
    WHEN 'perturbation' THEN '{"bounds": [], "target": null, "crop": []}' || "plan"
        || jsonb_build_object('method', "method", 'evaluationGoal', "evaluation_goal")
    ELSE "plan" || jsonb_build_object('method', "method", 'evaluationGoal', "evaluation_goal")
END;

ALTER TABLE "runs"
    DROP COLUMN "encoding",
    DROP COLUMN "method",
    DROP COLUMN "generations",
    DROP COLUMN "offspring",
    DROP COLUMN "evaluation_goal",
    ALTER COLUMN "kind" DROP DEFAULT,
    ALTER COLUMN "plan" DROP DEFAULT;

-- Lists filter and search by what makes a run's images: its encoding, ascent, attack or recipe.
ALTER TABLE "runs"
    ADD COLUMN "method" TEXT GENERATED ALWAYS AS (COALESCE("plan"->>'encoding', "plan"->>'method')) STORED;

ALTER TABLE "runs"
    ADD CONSTRAINT "runs_plan_of_kind" CHECK (
        CASE "kind"
            WHEN 'evolution' THEN COALESCE(
                jsonb_typeof("plan"->'encoding') = 'string' AND jsonb_typeof("plan"->'generations') = 'number'
                AND jsonb_typeof("plan"->'offspring') = 'number', false)
            WHEN 'ascent' THEN COALESCE(
                jsonb_typeof("plan"->'method') = 'string' AND jsonb_typeof("plan"->'evaluationGoal') = 'number'
                AND jsonb_typeof("plan"->'classes') = 'array' AND jsonb_typeof("plan"->'starts') = 'number', false)
            WHEN 'perturbation' THEN COALESCE(
                jsonb_typeof("plan"->'method') = 'string' AND jsonb_typeof("plan"->'evaluationGoal') = 'number'
                AND jsonb_typeof("plan"->'bounds') = 'array', false)
            WHEN 'retraining' THEN COALESCE(
                jsonb_typeof("plan"->'method') = 'string' AND jsonb_typeof("plan"->'evaluationGoal') = 'number'
                AND jsonb_typeof("plan"->'dataset') = 'string' AND jsonb_typeof("plan"->'iterations') = 'number', false)
            ELSE true
        END
    ),
    ADD CONSTRAINT "runs_generations_range" CHECK (CASE WHEN "kind" = 'evolution' THEN ("plan"->>'generations')::int >= 1 ELSE true END),
    ADD CONSTRAINT "runs_evaluation_goal_range" CHECK (("plan"->>'evaluationGoal')::bigint > 0),
    ADD CONSTRAINT "runs_offspring_even" CHECK (
        CASE WHEN "kind" = 'evolution' THEN ("plan"->>'offspring')::int >= 2 AND ("plan"->>'offspring')::int % 2 = 0 ELSE true END
    ),
    ADD CONSTRAINT "runs_generation_range" CHECK (
        "generation" >= -1 AND CASE WHEN "kind" = 'evolution' THEN "generation" <= ("plan"->>'generations')::int ELSE true END
    );
