/**
 * Statements for the rows of an export that runs have computed. Each reads run by run, in the order of an index of its table, so that
 * millions of rows need no sorting; the reader checks the order. `numbered` is joined first, and a cursor has no parallel plan.
 */
import { Prisma } from "../../generated/client.ts";
import { imagesOf } from "./exportImages.ts";
import type { ExportSelection } from "./exportSelection.ts";
import { numbered } from "./exportTables.ts";

/** Rows of each run in turn. @param rows a statement about the run `n.id`, with its order. */
function runByRun({ runs }: ExportSelection, rows: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`SELECT n.number AS run, row.* FROM ${numbered(runs)} n CROSS JOIN LATERAL (${rows} OFFSET 0) row`;
}

export function exportImages({ runs }: ExportSelection): Prisma.Sql {
  return Prisma.sql`
    SELECT i.sha256, i.width, i.height, i.channels, i.byte_length FROM (${imagesOf(runs)}) named JOIN images i ON i.sha256 = named.sha256
    ORDER BY i.sha256 COLLATE "C"`;
}

export function exportGenerations(selection: ExportSelection): Prisma.Sql {
  return runByRun(
    selection,
    Prisma.sql`
      SELECT g.generation, g.median, g.mean, g.minimum, g.maximum, g.search_median, g.search_mean, g.search_minimum, g.search_maximum, g.jumps,
        g.filled, g.evaluations, g.chain_hash
      FROM generations g
      WHERE g.run_id = n.id ORDER BY g.generation`,
  );
}

export function exportStepHashes(selection: ExportSelection): Prisma.Sql {
  return runByRun(selection, Prisma.sql`SELECT h.step, h.hash FROM run_step_hashes h WHERE h.run_id = n.id ORDER BY h.step`);
}

/** @param withBytes whether bytes that are in rows are read. */
export function exportGenomes(selection: ExportSelection, withBytes: boolean): Prisma.Sql {
  return runByRun(
    selection,
    Prisma.sql`
      SELECT g.generation, g.index, g.sha256, g.byte_length, ${withBytes ? Prisma.sql`g.bytes` : Prisma.sql`NULL::bytea AS bytes`},
        coalesce(g.copied_parents, array_remove(ARRAY[one.generation, one.index, other.generation, other.index], NULL)) AS parents,
        g.copied_parents IS NOT NULL AS copied, g.image_sha256 AS image
      FROM genomes g LEFT JOIN genomes one ON one.id = g.first_parent_id LEFT JOIN genomes other ON other.id = g.second_parent_id
      WHERE g.run_id = n.id ORDER BY g.generation, g.index`,
  );
}

export function exportElites(selection: ExportSelection): Prisma.Sql {
  return runByRun(
    selection,
    Prisma.sql`
      SELECT e.niche, e.generation, g.generation AS genome_generation, g.index AS genome_index, e.replaced_at, e.fitness AS search_fitness,
        e.stored_fitness
      FROM elites e JOIN genomes g ON g.id = e.genome_id WHERE e.run_id = n.id ORDER BY e.niche, e.generation`,
  );
}

export function exportTrajectories(selection: ExportSelection): Prisma.Sql {
  return runByRun(
    selection,
    Prisma.sql`
      SELECT t.configuration, t.class, t.start, t.step, t.ended, t.confidence AS search_confidence, t.stored_confidence,
        t.image_sha256 AS image, t.curve_steps, t.curve_confidences AS curve_search_confidences, t.curve_stored_confidences, t.curve_norms
      FROM trajectories t WHERE t.run_id = n.id ORDER BY t.configuration, t.class, t.start`,
  );
}

export function exportMilestones(selection: ExportSelection): Prisma.Sql {
  return runByRun(
    selection,
    Prisma.sql`
      SELECT t.configuration, t.class, t.start, m.level, m.step, m.confidence AS search_confidence, m.stored_confidence, m.image_sha256 AS image
      FROM trajectories t JOIN trajectory_milestones m ON m.trajectory_id = t.id
      WHERE t.run_id = n.id ORDER BY t.configuration, t.class, t.start, m.level`,
  );
}

export function exportRungResults(selection: ExportSelection): Prisma.Sql {
  return runByRun(selection, Prisma.sql`SELECT r.rung, r.median, r.reached_at FROM rung_results r WHERE r.run_id = n.id ORDER BY r.rung`);
}

/** Bytes of a part of a checkpoint. */
const partBytes = 4 * 2 ** 20;

export function exportCheckpoints(selection: ExportSelection): Prisma.Sql {
  return runByRun(
    selection,
    Prisma.sql`
      SELECT p.part, substring(c.bytes FROM p.part * ${partBytes}::int + 1 FOR ${partBytes}::int) AS bytes
      FROM run_checkpoints c CROSS JOIN LATERAL generate_series(0, (length(c.bytes) - 1) / ${partBytes}::int) p (part)
      WHERE c.run_id = n.id ORDER BY p.part`,
  );
}

/** The stored confidence in the searched class is a number if the attack's row has it, otherwise four bytes of the stored image's score. */
export function exportPerturbations(selection: ExportSelection): Prisma.Sql {
  return runByRun(
    selection,
    Prisma.sql`
      SELECT p.index, p.bound, p.success, p.steps, p.linf, p.l2, p.l0, p.original_sha256 AS original_image, p.original_class,
        p.original_confidence, p.stored_class, p.stored_confidence, coalesce((r.plan->>'target')::int, p.original_class) AS searched_class,
        p.confidence AS search_confidence,
        coalesce(p.stored_target_confidence, CASE WHEN p.stored_class = p.original_class THEN p.stored_confidence END)
          AS stored_searched_confidence,
        substring(s.probabilities FROM p.original_class * 4 + 1 FOR 4) AS stored_original_bytes, p.image_sha256 AS image
      FROM perturbations p JOIN runs r ON r.id = p.run_id LEFT JOIN scores s ON s.image_sha256 = p.image_sha256 AND s.model_id = r.model_id
      WHERE p.run_id = n.id ORDER BY p.index`,
  );
}

export function exportChains(selection: ExportSelection): Prisma.Sql {
  return runByRun(
    selection,
    Prisma.sql`SELECT c.name, c.dataset, c.iterations, c.created_at FROM chains c WHERE c.run_id = n.id ORDER BY c.created_at`,
  );
}

export function exportLinks(selection: ExportSelection): Prisma.Sql {
  return runByRun(
    selection,
    Prisma.sql`
      SELECT l.iteration, l.state::text AS state, m.number AS model, l.test_error, l.median_confidence, l.fooling_share, l.fooling_images,
        l.metrics, l.started_at, l.ended_at
      FROM chain_links l LEFT JOIN ${numbered(selection.models)} m ON m.id = l.model_id WHERE l.run_id = n.id ORDER BY l.iteration`,
  );
}

export function exportLinkElites(selection: ExportSelection): Prisma.Sql {
  return runByRun(
    selection,
    Prisma.sql`
      SELECT l.iteration, e.niche, e.confidence AS search_confidence, e.stored_confidence, e.image_sha256 AS image
      FROM chain_links l JOIN chain_elites e ON e.link_id = l.id WHERE l.run_id = n.id ORDER BY l.iteration, e.niche`,
  );
}

export function exportImportedImages(selection: ExportSelection): Prisma.Sql {
  return runByRun(
    selection,
    Prisma.sql`
      SELECT i.index, i.image_sha256 AS image, i.niche, i.label, i.claimed, i.generation, i.source_id, i.source_parent_id
      FROM imported_images i WHERE i.run_id = n.id ORDER BY i.index`,
  );
}

export function exportScores({ runs, models }: ExportSelection): Prisma.Sql {
  return Prisma.sql`
    SELECT i.sha256 AS image, row.* FROM (
      SELECT named.sha256 FROM (${imagesOf(runs)}) named ORDER BY named.sha256 COLLATE "C" OFFSET 0
    ) i CROSS JOIN LATERAL (
      SELECT m.number AS model, s.top_class, s.top_confidence, s.probabilities
      FROM scores s JOIN ${numbered(models)} m ON m.id = s.model_id WHERE s.image_sha256 = i.sha256 ORDER BY m.number OFFSET 0
    ) row`;
}

/** Hashes of the genomes whose bytes are objects. */
export function exportGenomeObjects({ runs }: ExportSelection): Prisma.Sql {
  return Prisma.sql`
    SELECT named.sha256 FROM (SELECT DISTINCT g.sha256 FROM genomes g WHERE g.run_id = ANY (${[...runs]}) AND g.bytes IS NULL) named
    ORDER BY named.sha256 COLLATE "C"`;
}

/** Hashes of the files of networks that the zoo lacks, in whatever state the networks are, and of the training images of links. */
export function exportFiles({ runs, models }: ExportSelection): Prisma.Sql {
  return Prisma.sql`
    SELECT named.sha256 FROM (
      SELECT m.sha256 FROM models m WHERE m.id = ANY (${[...models]}) AND m.origin NOT IN ('zoo', 'import') AND m.sha256 <> ''
      UNION SELECT l.metrics->>'images' FROM chain_links l WHERE l.run_id = ANY (${[...runs]}) AND l.metrics ? 'images'
    ) named ORDER BY named.sha256 COLLATE "C"`;
}
