"use client";
/** The content of an elite's page. */
import { EliteAblation } from "../analyses/EliteAblation.tsx";
import { EliteSurvival } from "../analyses/EliteSurvival.tsx";
import { Terms } from "../glossary/Terms.tsx";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import { ModelOutput } from "../result/ModelOutput.tsx";
import { ResultLayout } from "../result/ResultLayout.tsx";
import { useStoredImage } from "../result/useStoredImage.ts";
import { OtherModels } from "../transfer/OtherModels.tsx";
import { Ancestry } from "./Ancestry.tsx";
import { EliteActions } from "./EliteActions.tsx";
import styles from "./EliteView.module.css";
import { genomeViews } from "./genomeViews.ts";
import type { LoadedElite } from "./loadedElite.ts";
import { RedrawComparison } from "./RedrawComparison.tsx";
import { useRedrawing } from "./useRedrawing.ts";

interface EliteViewProps {
  readonly elite: LoadedElite;
  readonly onScored: () => void;
}

export function EliteView({ elite, onScored }: EliteViewProps) {
  const { run, image, genome, label } = elite;
  const stored = useStoredImage(image.url);
  const redrawing = useRedrawing(genome.document, stored);
  const genomeView = genomeViews[genome.encoding];
  return (
    <ResultLayout
      run={run}
      image={image}
      stored={stored}
      label={label}
      confidence={elite.storedConfidence}
      origin={
        <>
          class <span className="n12">{elite.niche}</span>, evolved with <Terms>{run.methodLabel}</Terms> against {run.model.name}, found in
          generation <span className="n12">{formatCount(elite.generation)}</span> of{" "}
          <Link className="link n12" href={`/runs/${run.key}`}>
            {run.key}
          </Link>
          {elite.replacedAt === null || elite.replacedAt === undefined ? null : (
            <>
              , replaced in <span className="n12">{elite.replacedAt}</span>
            </>
          )}
        </>
      }
      actions={<EliteActions elite={elite} />}
      machine={<ModelOutput claimed={elite.niche} searched={elite.searchedClass} model={run.model} scores={image.scores} />}
    >
      <OtherModels
        image={image}
        ownModelId={run.model.id}
        claimed={{ class: elite.niche, label }}
        name={`${run.key}-${elite.niche}`}
        onScored={onScored}
      />
      <EliteAblation eliteId={elite.id} image={image} label={label} />
      <Ancestry ancestors={elite.ancestry} eliteId={elite.id} />
      <div className={styles.below} data-wide={genomeView?.isWide === true || undefined}>
        <div className={styles.beside}>
          <section aria-labelledby="genome" className={styles.genome}>
            <header className={styles.genomeHead}>
              <h2 id="genome">Genome</h2>
              <p className="t12 muted">
                {run.methodLabel}, {run.presetLabel}; individual <span className="n12">{formatCount(genome.index)}</span> of generation{" "}
                <span className="n12">{formatCount(genome.generation)}</span>
              </p>
            </header>
            {redrawing.kind === "drawn" && genomeView !== undefined ? (
              <genomeView.View opened={redrawing.opened} image={redrawing.drawn} byteLength={genome.byteLength} />
            ) : (
              <p className="muted">
                {redrawing.kind === "waiting" ? "Drawing" : "This genome cannot be drawn here. Its JSON is available above."}
              </p>
            )}
          </section>
          <RedrawComparison redrawing={redrawing} />
        </div>
        <EliteSurvival eliteId={elite.id} niche={elite.niche} name={`${run.key}-niche-${elite.niche}`} />
      </div>
    </ResultLayout>
  );
}
