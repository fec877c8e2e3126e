/** A perturbation as a JSON document to save with its image, and the GraphQL query that loads the same data. */
import { scoresOf } from "../result/searchedScores.ts";
import type { LoadedPerturbation } from "./loadedPerturbation.ts";

export function perturbationDocument({ run, image, original, ...result }: LoadedPerturbation) {
  return {
    kind: "perturbation",
    id: result.id,
    run: run.key,
    model: { slug: run.model.slug, name: run.model.name },
    attack: { id: run.method, preset: run.preset, parameters: run.parameters, seed: run.seed, framing: run.framing ?? null },
    source: run.source?.sha256 ?? null,
    crop: run.sourceCrop ? { x: run.sourceCrop.x, y: run.sourceCrop.y, size: run.sourceCrop.size } : null,
    target: run.target ?? null,
    bound: result.bound ?? null,
    norm: run.norm ?? null,
    success: result.success,
    steps: result.steps,
    change: { linf: result.linf, l2: result.l2, l0: result.l0 },
    original: {
      sha256: original.sha256,
      class: result.originalClass,
      label: result.originalLabel,
      confidence: result.originalConfidence,
    },
    result: {
      sha256: image.sha256,
      class: result.storedClass,
      label: result.storedLabel,
      confidence: result.storedConfidence,
      targetConfidence: result.storedTargetConfidence ?? null,
      originalConfidence: result.storedOriginalConfidence,
    },
    searchedClass: scoresOf(result.searchedClass),
    createdAt: result.createdAt,
  };
}

export function perturbationQueryText(id: string): string {
  return `query {
  node(id: ${JSON.stringify(id)}) {
    ... on Perturbation {
      bound success steps linf l2 l0
      originalLabel originalConfidence
      storedLabel storedConfidence storedTargetConfidence storedOriginalConfidence searchedClass { class label search stored }
      image { url sha256 width height
        scores { model { name } topLabel topConfidence }
      }
      original { url sha256 }
      run { key method preset parameters seed norm target source { url sha256 } }
    }
  }
}`;
}
