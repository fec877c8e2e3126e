"use client";
/** The method as pictures: an elite of this workspace on its way from generation 0, with what the machine said at each step. */
import { useQuery } from "urql";
import { EvolveExampleDocument } from "../../graphql/generated/graphql.ts";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { PixelImage } from "../marks/PixelImage.tsx";

export function EvolveCard() {
  const [{ data }] = useQuery({ query: EvolveExampleDocument });
  const path = data?.elites.nodes[0]?.ancestry.toReversed() ?? [];
  const steps = path.length < 4 ? path : [0, 1, 2, 3].map((step) => path[Math.round((step * (path.length - 1)) / 3)]);
  return (
    <section className="evolveCard" aria-label="Method">
      {steps.length > 0 ? (
        <div className="evolveSteps" aria-hidden="true">
          {steps.map((step, index) =>
            step ? (
              <span key={`${index}-${step.genome.id}`}>
                <PixelImage image={step.genome.image} zoom={3} alt="" fluid />
                <ConfidenceBar value={step.confidence} />
              </span>
            ) : null,
          )}
        </div>
      ) : null}
      <div>
        <h2>Evolve</h2>
        <p className="second">Mutate, keep the best for every class. No gradients.</p>
        <p className="t12 muted">MAP-Elites, as in Nguyen, Yosinski and Clune 2015</p>
      </div>
    </section>
  );
}
