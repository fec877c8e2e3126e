"use client";
/** The method as pictures, out of what this workspace has made; where it has made nothing yet, the words alone. */
import type { ReactNode } from "react";
import { useQuery } from "urql";
import { EvolveExampleDocument, MethodExamplesDocument } from "../../graphql/generated/graphql.ts";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { PixelImage, type PixelSource } from "../marks/PixelImage.tsx";
import { type NewRunMethod, newRunMethods } from "./newRunMethods.ts";

interface Step {
  readonly image: PixelSource;
  readonly confidence: number | null;
}

function fourOf(path: readonly Step[]): readonly Step[] {
  if (path.length <= 4) return path;
  return [0, 1, 2, 3].map((step) => path[Math.round((step * (path.length - 1)) / 3)] as Step);
}

function Strip({ steps }: { readonly steps: readonly Step[] }) {
  return steps.map((step, index) => (
    <span key={`${index}-${step.image.url}`}>
      <PixelImage image={step.image} zoom={3} alt="" fluid />
      <ConfidenceBar value={step.confidence} />
    </span>
  ));
}

function useMethodPictures(): Readonly<Record<NewRunMethod, ReactNode>> {
  const [evolved] = useQuery({ query: EvolveExampleDocument });
  const [{ data }] = useQuery({ query: MethodExamplesDocument });
  const path = evolved.data?.elites.nodes[0]?.ancestry.toReversed() ?? [];
  const climb = data?.runs.nodes.flatMap(({ trajectories }) => trajectories.nodes)[0]?.milestones ?? [];
  const attack = data?.runs.nodes.flatMap(({ perturbations }) => perturbations.nodes).find(({ success }) => success);
  const fooling = data?.elites.nodes ?? [];
  return {
    evolve: <Strip steps={fourOf(path.map(({ genome, confidence }) => ({ image: genome.image, confidence })))} />,
    ascend: <Strip steps={fourOf(climb.map(({ image, storedConfidence }) => ({ image, confidence: storedConfidence })))} />,
    perturb: attack ? (
      <Strip
        steps={[
          { image: attack.original, confidence: attack.originalConfidence },
          { image: attack.image, confidence: attack.storedConfidence },
        ]}
      />
    ) : null,
    retrain: fooling.map(({ id, image }) => <PixelImage key={id} image={image} zoom={1} alt="" fluid />),
  };
}

export function MethodPicker({ value, onChange }: { readonly value: NewRunMethod; onChange(method: NewRunMethod): void }) {
  const pictures = useMethodPictures();
  return (
    <fieldset className="methodPicker">
      <legend className="visuallyHidden">Method</legend>
      {newRunMethods.map(({ id, label, line, detail }) => (
        <label key={id} className={id === value ? "methodCard chosen" : "methodCard"}>
          <input type="radio" name="method" value={id} checked={id === value} onChange={() => onChange(id)} />
          <span className={`methodPictures ${id}`} aria-hidden="true">
            {pictures[id]}
          </span>
          <b>{label}</b>
          <span className="second">{line}</span>
          <span className="t12 muted">{detail}</span>
        </label>
      ))}
    </fieldset>
  );
}
