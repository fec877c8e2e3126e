"use client";
/** The elite's page once it is loaded. */
import Link from "next/link";
import { EliteAblation } from "../analyses/EliteAblation.tsx";
import { EliteSurvival } from "../analyses/EliteSurvival.tsx";
import { Terms } from "../glossary/Terms.tsx";
import { AddressCheck } from "../marks/AddressNote.tsx";
import { wholeNumberOf } from "../marks/addressProblems.ts";
import { Confidence } from "../marks/Confidence.tsx";
import { formatMiss } from "../marks/confidence.ts";
import { splitLabel } from "../marks/labels.ts";
/** The elite's page once it is loaded. */
import { formatCount } from "../marks/numbers.ts";
import { PagePath } from "../shell/PagePath.tsx";
import { OtherModels } from "../transfer/OtherModels.tsx";
import { Ancestry } from "./Ancestry.tsx";
import { EliteActions } from "./EliteActions.tsx";
import styles from "./EliteView.module.css";
import { Exhibit } from "./Exhibit.tsx";
import faces from "./Faces.module.css";
import { genomeViews } from "./genomeViews.ts";
import type { LoadedElite } from "./loadedElite.ts";
import { MachineSays } from "./MachineSays.tsx";
import { PeopleSay } from "./PeopleSay.tsx";
import { Redrawn } from "./Redrawn.tsx";
import { useRedrawing } from "./useRedrawing.ts";
import { useStoredImage } from "./useStoredImage.ts";

const rules = [wholeNumberOf("zoom", "the largest that fits is used")];

interface EliteViewProps {
  readonly elite: LoadedElite;
  readonly workspace: string;
  readonly onScored: () => void;
}

export function EliteView({ elite, workspace, onScored }: EliteViewProps) {
  const { run, image, genome, label } = elite;
  const { name, others } = splitLabel(label);
  const stored = useStoredImage(image.url);
  const redrawing = useRedrawing(genome.document, stored);
  const GenomeView = genomeViews[genome.encoding];
  return (
    <div className={`page ${styles.page}`}>
      <PagePath
        steps={[
          { label: `${run.experiment.key} ${run.experiment.name}`, href: `/experiments/${run.experiment.key}` },
          { label: run.key, href: `/runs/${run.key}` },
        ]}
        here={name}
      />
      <AddressCheck rules={rules} />
      <div className={styles.plaque}>
        <div className={styles.left}>
          <Exhibit image={image} label={label} stored={stored} />
          <EliteActions elite={elite} workspace={workspace} />
        </div>
        <div>
          <header className={styles.head}>
            <div>
              <h1>{name}</h1>
              {others === "" ? null : <p className={styles.others}>{others}</p>}
              <p>
                class <span className="n12">{elite.niche}</span>, evolved with <Terms>{run.methodLabel}</Terms> against {run.model.name},
                found in generation <span className="n12">{formatCount(elite.generation)}</span> of{" "}
                <Link className="link n12" href={`/runs/${run.key}`}>
                  {run.key}
                </Link>
                {elite.replacedAt === null || elite.replacedAt === undefined ? null : (
                  <>
                    , replaced in <span className="n12">{elite.replacedAt}</span>
                  </>
                )}
              </p>
            </div>
            <div className={styles.number}>
              <Confidence value={elite.storedFitness} size="n36" />
              <span className="n12 muted">{formatMiss(elite.storedFitness)}</span>
            </div>
          </header>
          <div className={faces.faces}>
            <MachineSays
              niche={elite.niche}
              fitness={elite.fitness}
              storedFitness={elite.storedFitness}
              model={run.model}
              scores={image.scores}
            />
            <PeopleSay />
          </div>
        </div>
      </div>
      <OtherModels
        image={image}
        ownModelId={run.model.id}
        claimed={{ class: elite.niche, label }}
        name={`${run.key}-${elite.niche}`}
        onScored={onScored}
      />
      <EliteAblation eliteId={elite.id} image={image} label={label} />
      <Ancestry ancestors={elite.ancestry} eliteId={elite.id} />
      <div className={styles.below}>
        <div className={styles.beside}>
          <section aria-labelledby="genome" className={styles.genome}>
            <header className={styles.genomeHead}>
              <h2 id="genome">Genome</h2>
              <p className="t12 muted">
                {run.methodLabel}, {run.presetLabel}; individual <span className="n12">{formatCount(genome.index)}</span> of generation{" "}
                <span className="n12">{formatCount(genome.generation)}</span>
              </p>
            </header>
            {redrawing.kind === "drawn" && GenomeView !== undefined ? (
              <GenomeView opened={redrawing.opened} image={redrawing.drawn} byteLength={genome.byteLength} />
            ) : (
              <p className="muted">{redrawing.kind === "waiting" ? "Drawing" : "This genome has no picture here; its JSON is above."}</p>
            )}
          </section>
          <Redrawn redrawing={redrawing} />
        </div>
        <EliteSurvival eliteId={elite.id} niche={elite.niche} name={`${run.key}-niche-${elite.niche}`} />
      </div>
    </div>
  );
}
