/** A trajectory as a JSON document to save with its image, and the GraphQL query that loads the same data. */
import { scoresOf } from "../result/searchedScores.ts";
import type { LoadedTrajectory } from "./loadedTrajectory.ts";

export function trajectoryDocument({ run, image, ...trajectory }: LoadedTrajectory) {
  return {
    kind: "trajectory",
    id: trajectory.id,
    run: run.key,
    model: { slug: run.model.slug, name: run.model.name },
    ascent: {
      id: run.method,
      preset: run.preset,
      parameters: trajectory.parameters,
      seed: run.seed,
      framing: run.framing ?? null,
      source: run.source?.sha256 ?? null,
      crop: run.sourceCrop ? { x: run.sourceCrop.x, y: run.sourceCrop.y, size: run.sourceCrop.size } : null,
    },
    class: trajectory.class,
    label: trajectory.label,
    configuration: trajectory.configuration,
    start: trajectory.start,
    step: trajectory.step,
    ended: trajectory.ended,
    image: { sha256: image.sha256 },
    searchedClass: scoresOf(trajectory.searchedClass),
    curve: trajectory.curve.map(({ step, searchConfidence, storedConfidence, norm }) => ({
      step,
      searchConfidence,
      storedConfidence,
      norm,
    })),
    milestones: trajectory.milestones.map(({ level, step, searchConfidence, storedConfidence, image: { sha256 } }) => ({
      level,
      step,
      searchConfidence,
      storedConfidence,
      sha256,
    })),
    createdAt: trajectory.createdAt,
  };
}

export function trajectoryQueryText(id: string): string {
  return `query {
  node(id: ${JSON.stringify(id)}) {
    ... on Trajectory {
      class label configuration start step ended
      searchedClass { class label search stored } parameters
      image { url sha256 width height
        scores { model { name } topLabel topConfidence }
      }
      curve { step searchConfidence storedConfidence norm }
      milestones { level step storedConfidence image { url } }
      run { key method preset seed source { url sha256 } }
    }
  }
}`;
}
