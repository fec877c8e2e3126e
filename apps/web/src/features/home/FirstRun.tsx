"use client";
/** The home page of an empty workspace: empty tiles, a button that starts the demo run, and the equivalent GraphQL. */
import { toast } from "sonner";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { FirstStepsDocument } from "../../graphql/generated/graphql.ts";
import { useRouter } from "../addresses/navigation.ts";
import { Terms } from "../glossary/Terms.tsx";
import { Button, ButtonLink } from "../marks/Button.tsx";
import dataToolsStyles from "../marks/DataTools.module.css";
import { formatDuration } from "../marks/numbers.ts";
import { EmptyTile } from "../marks/Tile.tsx";
import { startEvolutionQueries } from "../newRun/startEvolutionQuery.ts";
import { useStartEvolution } from "../newRun/useStartEvolution.ts";
import { QueryButton } from "../queries/QueryButton.tsx";
import { demoRun } from "./demoRun.ts";
import styles from "./FirstRun.module.css";

const digits = Array.from({ length: 10 }, (_, digit) => String(digit));

export function FirstRun() {
  const router = useRouter();
  const { data } = useLiveQuery({ query: FirstStepsDocument, requestPolicy: "cache-first" });
  const { busy, start } = useStartEvolution();
  const model = data?.models.nodes[0];
  const experiment = data?.experiments.nodes[0];
  const evaluations = demoRun.offspring * (demoRun.generations + 1);
  const duration = model?.measuredSpeed
    ? `About ${formatDuration(evaluations / model.measuredSpeed)} on this machine.`
    : "About a minute on two cores.";
  const target = experiment ? { id: experiment.id } : { name: "First run" };
  const queries = model ? startEvolutionQueries(target, { modelId: model.id, ...demoRun }) : [];
  const startDemo = () => {
    if (!model) return;
    void start(target, { modelId: model.id, ...demoRun }).then((outcome) => {
      if ("address" in outcome) router.push(outcome.address);
      else toast.error(outcome.problem);
    });
  };
  return (
    <>
      <h1>
        <Terms>Ten niches, all empty</Terms>
      </h1>
      <p className="muted">One for each digit. A demo run fills them while you watch.</p>
      <ul className={styles.firstTiles}>
        {(model?.labels.slice(0, 10) ?? digits).map((label) => (
          <li key={label}>
            <EmptyTile label={label} />
          </li>
        ))}
      </ul>
      <div className={styles.firstSteps}>
        <div className={styles.firstAction}>
          <p className={styles.firstText}>
            It evolves images until {model?.name ?? "the network"} classifies each as its digit with <span className="n">99.99%</span>{" "}
            confidence. {duration} You can pause, replay and delete it.
          </p>
          <div className="pageActions">
            <Button look="primary" needs="startEvolution" disabled={!model || busy} onClick={startDemo}>
              {busy ? "Starting" : "Start the demo run"}
            </Button>
            <ButtonLink needs="startEvolution" href="/new">
              Set up your own run
            </ButtonLink>
          </div>
        </div>
        <section className={styles.firstQuery} aria-label="With GraphQL">
          <div className="sectionHead">
            <h3>With GraphQL</h3>
            <div className={dataToolsStyles.dataTools}>
              <QueryButton title="Start the demo run" query={() => queries} />
            </div>
          </div>
          <pre tabIndex={0}>{queries.map(({ document }) => document).join("\n\n")}</pre>
        </section>
      </div>
    </>
  );
}
