"use client";
/** Offers a first study of a finished run's images, until the workspace has a study. Shows the images without the machine's labels. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { FirstStudyOfferDocument } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { PixelImage } from "../marks/PixelImage.tsx";
import { usePermissions } from "../permissions/usePermissions.ts";
import styles from "./FirstStudy.module.css";
import { useFirstStudy } from "./useFirstStudy.ts";

export function FirstStudy() {
  const { data } = useLiveQuery({ query: FirstStudyOfferDocument });
  const { may } = usePermissions();
  const mayAsk = may("createStudy") && may("editStudy") && may("openStudy");
  const { starting, start } = useFirstStudy();
  const run = data?.runs.nodes[0];
  if (run?.__typename !== "EvolutionRun" || data?.studies.totalCount !== 0 || !mayAsk) return null;
  return (
    <section className={styles.offer} aria-labelledby="firstStudy">
      <div>
        <h2 id="firstStudy">What do people see?</h2>
        <p>
          The machine is nearly certain of what each of these images shows. Vote on them yourself, then invite others: every vote is
          compared with the machine&rsquo;s label, which stays hidden until you have finished.
        </p>
      </div>
      <Button look="primary" disabled={starting} onClick={() => start(run.id)}>
        {starting ? "Opening the study" : "Vote on them"}
      </Button>
      <ul className={styles.images}>
        {run.archive.map(({ id, image }) => (
          <li key={id}>
            <PixelImage image={image} zoom={1} alt="" fluid />
          </li>
        ))}
      </ul>
    </section>
  );
}
