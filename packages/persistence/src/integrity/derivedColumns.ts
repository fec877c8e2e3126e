/**
 * Columns that triggers or statements keep equal to what follows from other rows. Each statement lists the rows in which they differ, so
 * that a change of a stored figure is found without computing anything but counts and sums.
 */

import { Prisma } from "../generated/client.ts";
import { correctedPart } from "../lab/recognition/writeRecognition.ts";
import type { Connection } from "../server/database/database.ts";
import { counts } from "../studies/voting/voteCounters.ts";

/** A stored value that does not follow from other rows; values as text. */
export interface DerivedDifference {
  /** Table and column of the database, such as `runs.mean`. */
  readonly column: string;
  readonly place: string;
  readonly stored: string | null;
  readonly computed: string | null;
}

const runName = Prisma.sql`'RUN-' || r.number`;
const studyName = Prisma.sql`'STU-' || s.number`;
const correctedParts = correctedPart(
  Prisma.sql`i.recognition_votes`,
  Prisma.sql`i.recognition_agreeing`,
  Prisma.sql`i.recognition_alternatives`,
);

/** Of rows `rows` with a `place`, those of the pairs (column, stored, computed) that differ. */
function differences(
  rows: Prisma.Sql,
  pairs: readonly (readonly [column: string, stored: Prisma.Sql, computed: Prisma.Sql])[],
): Prisma.Sql {
  const values = pairs.map(([column, stored, computed]) => Prisma.sql`(${column}::text, (${stored})::text, (${computed})::text)`);
  return Prisma.sql`SELECT d."column", x.place, d.stored, d.computed FROM (${rows}) x
    CROSS JOIN LATERAL (VALUES ${Prisma.join(values)}) d ("column", stored, computed) WHERE d.stored IS DISTINCT FROM d.computed`;
}

/** The rows of a run and the events of its log are written in one transaction, but by two clocks. */
const clockSeconds = 2;

/**
 * The times of ended runs `r` by the log of their states, which clean-ups keep. Restored runs have the log of their import. A lost worker
 * counts until its last checkpoint, so such runs have computed at most as long as they were RUNNING.
 */
function timesOf(isChosen: Prisma.Sql): Prisma.Sql {
  const isClose = (stored: Prisma.Sql, logged: Prisma.Sql): Prisma.Sql =>
    Prisma.sql`CASE WHEN abs(extract(epoch FROM ${stored} - ${logged})) <= ${clockSeconds} THEN ${stored} ELSE ${logged} END`;
  return differences(
    Prisma.sql`SELECT ${runName} AS place, r.started_at, r.ended_at, r.compute_seconds, v.first, r.created_at, v.begun, v.ended, v.running, v.lost, v.periods
      FROM runs r CROSS JOIN LATERAL (
        SELECT min(e.created_at) AS first, min(e.created_at) FILTER (WHERE e.state = 'RUNNING') AS begun, max(e.created_at) AS ended,
          coalesce(sum(extract(epoch FROM e.until - e.created_at)) FILTER (WHERE e.state = 'RUNNING'), 0)::float8 AS running,
          count(*) FILTER (WHERE e.reason LIKE '%worker was lost%') > 0 AS lost, (count(*) FILTER (WHERE e.state = 'RUNNING'))::int AS periods
        FROM (SELECT v.created_at, lead(v.created_at) OVER (ORDER BY v.seq) AS until, v.payload ->> 'to' AS state,
          v.payload ->> 'reason' AS reason FROM run_events v WHERE v.run_id = r.id AND v.kind = 'STATE') e) v
      WHERE ${isChosen} AND r.state = 'SUCCEEDED' AND r.origin IS NULL AND v.begun IS NOT NULL`,
    [
      ["runs.created_at", Prisma.sql`x.created_at`, isClose(Prisma.sql`x.created_at`, Prisma.sql`x.first`)],
      ["runs.started_at", Prisma.sql`x.started_at`, isClose(Prisma.sql`x.started_at`, Prisma.sql`x.begun`)],
      ["runs.ended_at", Prisma.sql`x.ended_at`, isClose(Prisma.sql`x.ended_at`, Prisma.sql`x.ended`)],
      [
        "runs.compute_seconds",
        Prisma.sql`x.compute_seconds`,
        Prisma.sql`CASE WHEN x.compute_seconds <= x.running + ${clockSeconds}::float8 * x.periods
          AND (x.lost OR x.compute_seconds >= x.running - ${clockSeconds}::float8 * x.periods) THEN x.compute_seconds ELSE x.running END`,
      ],
    ],
  );
}

/** Of the runs `r` that the condition names. */
function ofRuns(isChosen: Prisma.Sql): readonly Prisma.Sql[] {
  const count = (table: string, condition: Prisma.Sql = Prisma.sql`true`): Prisma.Sql =>
    Prisma.sql`(SELECT count(*)::int FROM ${Prisma.raw(table)} t WHERE t.run_id = r.id AND ${condition})`;
  return [
    differences(
      Prisma.sql`SELECT ${runName} AS place, r.mean, r.best, g.mean AS last_mean, g.maximum AS last_best FROM runs r LEFT JOIN LATERAL (
        SELECT g.mean, g.maximum FROM generations g WHERE g.run_id = r.id ORDER BY g.generation DESC LIMIT 1) g ON true WHERE ${isChosen}`,
      [
        ["runs.mean", Prisma.sql`x.mean`, Prisma.sql`x.last_mean`],
        ["runs.best", Prisma.sql`x.best`, Prisma.sql`x.last_best`],
      ],
    ),
    // Where a retention rule has removed elites, the statistics of earlier generations stay as they were.
    differences(
      Prisma.sql`SELECT 'generation ' || g.generation || ' of ' || ${runName} AS place, g.median, g.mean, g.minimum, g.maximum, s.median AS own_median,
        s.mean AS own_mean, s.minimum AS own_minimum, s.maximum AS own_maximum
        FROM runs r JOIN generations g ON g.run_id = r.id LEFT JOIN LATERAL statistics_of_stored_images(r.id) s ON s.at = g.generation
        WHERE ${isChosen} AND r.kind = 'evolution' AND (r.trimmed_at IS NULL OR s.at IS NOT NULL)`,
      [
        ["generations.median", Prisma.sql`x.median`, Prisma.sql`x.own_median`],
        ["generations.mean", Prisma.sql`x.mean`, Prisma.sql`x.own_mean`],
        ["generations.minimum", Prisma.sql`x.minimum`, Prisma.sql`x.own_minimum`],
        ["generations.maximum", Prisma.sql`x.maximum`, Prisma.sql`x.own_maximum`],
      ],
    ),
    differences(
      Prisma.sql`SELECT ${runName} AS place, n.*, ${count("genomes")} AS all_genomes, ${count("elites")} AS all_elites,
        ${count("elites", Prisma.sql`t.replaced_at IS NULL`)} AS all_current, ${count("trajectories")} AS all_trajectories,
        ${count("perturbations")} AS all_perturbations, ${count("perturbations", Prisma.sql`t.success`)} AS all_successes
        FROM runs r JOIN run_totals n ON n.run_id = r.id WHERE ${isChosen}`,
      [
        ["run_totals.genomes", Prisma.sql`x.genomes`, Prisma.sql`x.all_genomes`],
        ["run_totals.elites", Prisma.sql`x.elites`, Prisma.sql`x.all_elites`],
        ["run_totals.current_elites", Prisma.sql`x.current_elites`, Prisma.sql`x.all_current`],
        ["run_totals.trajectories", Prisma.sql`x.trajectories`, Prisma.sql`x.all_trajectories`],
        ["run_totals.perturbations", Prisma.sql`x.perturbations`, Prisma.sql`x.all_perturbations`],
        ["run_totals.successes", Prisma.sql`x.successes`, Prisma.sql`x.all_successes`],
      ],
    ),
    differences(
      Prisma.sql`SELECT 'the metric ' || m.name || ' of ' || ${runName} AS place, m.name, m.value, r.plan -> 'metrics' ? m.name AS known,
        (r.plan -> 'metrics' ->> m.name)::float8 AS planned FROM runs r JOIN run_metrics m ON m.run_id = r.id WHERE ${isChosen}`,
      [
        ["run_metrics.value", Prisma.sql`x.value`, Prisma.sql`x.planned`],
        ["run_metrics.name", Prisma.sql`x.name`, Prisma.sql`CASE WHEN x.known THEN x.name END`],
      ],
    ),
    differences(
      Prisma.sql`SELECT 'the elite of ' || ${runName} || ' in niche ' || e.niche AS place, e.created_at, g.created_at AS born, e.generation,
        g.generation AS genome_generation, e.run_id, g.run_id AS genome_run FROM runs r JOIN elites e ON e.run_id = r.id JOIN genomes g ON g.id = e.genome_id WHERE ${isChosen}`,
      [
        ["elites.created_at", Prisma.sql`x.created_at`, Prisma.sql`x.born`],
        ["elites.generation", Prisma.sql`x.generation`, Prisma.sql`x.genome_generation`],
        ["genomes.run_id", Prisma.sql`x.genome_run`, Prisma.sql`x.run_id`],
      ],
    ),
    differences(
      Prisma.sql`SELECT 'attack ' || p.index || ' of ' || ${runName} AS place, p.stored_target_confidence AS stated,
        r.plan ->> 'target' IS NOT NULL AS aimed FROM runs r JOIN perturbations p ON p.run_id = r.id WHERE ${isChosen}`,
      [["perturbations.stored_target_confidence", Prisma.sql`x.stated IS NOT NULL`, Prisma.sql`x.aimed`]],
    ),
    timesOf(isChosen),
    differences(
      Prisma.sql`SELECT ${runName} AS place, r.state::text AS state, r.failure, r.origin IS NULL AS here, v.state AS logged, v.reason FROM runs r CROSS JOIN LATERAL (
        SELECT v.payload ->> 'to' AS state, v.payload ->> 'reason' AS reason FROM run_events v
        WHERE v.run_id = r.id AND v.kind = 'STATE' ORDER BY v.seq DESC LIMIT 1) v WHERE ${isChosen}`,
      [
        ["runs.state", Prisma.sql`x.state`, Prisma.sql`x.logged`],
        [
          "runs.failure",
          Prisma.sql`x.failure`,
          Prisma.sql`CASE WHEN x.logged = 'SUCCEEDED' THEN NULL WHEN x.here AND x.logged IN ('FAILED', 'CRASHED') THEN x.reason ELSE x.failure END`,
        ],
      ],
    ),
  ];
}

const ofStudies: readonly Prisma.Sql[] = [
  differences(
    Prisma.sql`SELECT 'image ' || i.index || ' of ' || ${studyName} AS place, i.votes, i.agreeing, v.votes AS counted, v.agreeing AS agreed
      FROM study_images i JOIN studies s ON s.id = i.study_id CROSS JOIN LATERAL (
        SELECT count(*)::int AS votes, (count(*) FILTER (WHERE x.agrees))::int AS agreeing FROM votes x
        WHERE x.study_id = i.study_id AND x.role = i.role AND x.item = i.index AND ${countsOf("x")}) v WHERE i.role = 'COUNTED'`,
    [
      ["study_images.votes", Prisma.sql`x.votes`, Prisma.sql`x.counted`],
      ["study_images.agreeing", Prisma.sql`x.agreeing`, Prisma.sql`x.agreed`],
    ],
  ),
  differences(
    Prisma.sql`SELECT ${studyName} AS place, s.vote_count, s.last_voter_number, v.votes,
        (SELECT coalesce(max(o.number), -1) FROM study_voters o WHERE o.study_id = s.id) AS voters
      FROM studies s CROSS JOIN LATERAL (
        SELECT count(*)::int AS votes FROM votes x WHERE x.study_id = s.id AND ${countsOf("x")}) v`,
    [
      ["studies.vote_count", Prisma.sql`x.vote_count`, Prisma.sql`x.votes`],
      ["studies.last_voter_number", Prisma.sql`x.last_voter_number`, Prisma.sql`x.voters`],
    ],
  ),
  differences(
    Prisma.sql`SELECT 'voter ' || o.number || ' of ' || ${studyName} AS place, o.undone,
        (SELECT count(*)::int FROM vote_revisions v WHERE v.voter_id = o.id) AS revisions
      FROM study_voters o JOIN studies s ON s.id = o.study_id WHERE o.withdrawn_at IS NULL`,
    [["study_voters.undone", Prisma.sql`x.undone`, Prisma.sql`x.revisions`]],
  ),
  differences(
    Prisma.sql`SELECT 'the image ' || left(p.image_sha256, 12) AS place, p.studies, p.votes, p.agreeing, p.corrected_votes,
        trim_scale(p.recognised) AS recognised, trim_scale(p.guess_odds) AS guess_odds, i.studies AS asked, i.votes AS counted, i.agreeing AS agreed,
        i.corrected, trim_scale(i.recognised) AS sum, trim_scale(i.odds) AS odds
      FROM recognition p CROSS JOIN LATERAL (
        SELECT count(DISTINCT i.study_id)::int AS studies, coalesce(sum(i.recognition_votes), 0)::int AS votes,
          coalesce(sum(i.recognition_agreeing), 0)::int AS agreeing, coalesce(sum(${correctedParts.votes}), 0)::int AS corrected,
          coalesce(sum(${correctedParts.recognised}), 0) AS recognised, coalesce(sum(${correctedParts.guessOdds}), 0) AS odds
        FROM study_images i JOIN studies s ON s.id = i.study_id WHERE i.image_sha256 = p.image_sha256 AND i.role = 'COUNTED'
          AND i.label_space = p.label_space AND i.label = p.label AND s.workspace_id = p.workspace_id) i`,
    [
      ["recognition.studies", Prisma.sql`x.studies`, Prisma.sql`x.asked`],
      ["recognition.votes", Prisma.sql`x.votes`, Prisma.sql`x.counted`],
      ["recognition.agreeing", Prisma.sql`x.agreeing`, Prisma.sql`x.agreed`],
      ["recognition.corrected_votes", Prisma.sql`x.corrected_votes`, Prisma.sql`x.corrected`],
      ["recognition.recognised", Prisma.sql`x.recognised`, Prisma.sql`x.sum`],
      ["recognition.guess_odds", Prisma.sql`x.guess_odds`, Prisma.sql`x.odds`],
    ],
  ),
];

const ofLists: readonly Prisma.Sql[] = [
  differences(
    Prisma.sql`SELECT 'the network ' || m.slug AS place, m.test_error, l.test_error AS measured
      FROM chain_links l JOIN models m ON m.id = l.model_id WHERE l.iteration > 1`,
    [["models.test_error", Prisma.sql`x.test_error`, Prisma.sql`x.measured`]],
  ),
  differences(
    Prisma.sql`SELECT 'a score of the image ' || left(c.image_sha256, 12) AS place, h.top_confidence, c.top_confidence AS own
      FROM shared_scores h JOIN scores c ON c.id = h.score_id`,
    [["shared_scores.top_confidence", Prisma.sql`x.top_confidence`, Prisma.sql`x.own`]],
  ),
  ...(["export", "release", "bulk_query"] as const).map((name) => {
    const table = Prisma.raw(name === "bulk_query" ? "bulk_queries" : `${name}s`);
    return differences(
      Prisma.sql`SELECT ${name}::text || ' ' || t.number AS place, t.byte_length,
          (SELECT coalesce(sum(p.byte_length), 0) FROM ${Prisma.raw(`${name}_parts`)} p WHERE p.${Prisma.raw(`${name}_id`)} = t.id) AS parts
        FROM ${table} t WHERE t.byte_length IS NOT NULL AND t.state = 'SUCCEEDED'`,
      [[`${name === "bulk_query" ? "bulk_queries" : `${name}s`}.byte_length`, Prisma.sql`x.byte_length`, Prisma.sql`x.parts`]],
    );
  }),
];

/** The rule `counts` for rows of `votes` under another name. */
function countsOf(name: string): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT FROM (SELECT ${Prisma.raw(name)}.role, ${Prisma.raw(name)}.answer, ${Prisma.raw(name)}.agrees) one WHERE ${counts})`;
}

/** Differences that one statement may list. */
const most = 20;

async function find(connection: Connection, statements: readonly Prisma.Sql[]): Promise<readonly DerivedDifference[]> {
  const found: DerivedDifference[] = [];
  for (const statement of statements)
    found.push(...(await connection.$queryRaw<DerivedDifference[]>(Prisma.sql`${statement} LIMIT ${most}`)));
  return found;
}

export function findDerivedDifferencesOfRun(connection: Connection, runId: string): Promise<readonly DerivedDifference[]> {
  return find(connection, ofRuns(Prisma.sql`r.id = ${runId}`));
}

export function findDerivedDifferences(connection: Connection): Promise<readonly DerivedDifference[]> {
  return find(connection, [...ofRuns(Prisma.sql`true`), ...ofStudies, ...ofLists]);
}
