"use client";
/** Refused uploads, each with the reason and buttons to check it again or delete it. */
import { useAllPages } from "../../graphql/client/useAllPages.ts";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { RefusedModelsDocument, type RefusedModelsQuery } from "../../graphql/generated/graphql.ts";
import { formatCount } from "../marks/numbers.ts";
import { WholeListTools } from "../marks/WholeListTools.tsx";
import { ModelCard } from "./ModelCard.tsx";
import styles from "./Models.module.css";
import { refusedModelsQuery } from "./modelsFile.ts";

const modelsOf = ({ models }: RefusedModelsQuery) => models;

export function RefusedModels() {
  // Watches the first page, so that a deleted or accepted upload disappears from the list immediately.
  const { data } = useLiveQuery({ query: RefusedModelsDocument, variables: { after: null } });
  const { nodes } = useAllPages(RefusedModelsDocument, {}, modelsOf);
  const models = (data?.models.pageInfo.hasNextPage ? nodes : data?.models.nodes) ?? [];
  const refused = models.filter(({ state }) => state === "REFUSED");
  if (refused.length === 0) return null;
  return (
    <section aria-labelledby="refused" className={styles.refused}>
      <h2 id="refused">
        Refused uploads <span className="n12 muted">{formatCount(refused.length)}</span>
      </h2>
      <p className="second">Runs cannot use these. Check one again if its server was down, or delete it.</p>
      <WholeListTools
        name="refused-models"
        rows={refused}
        columns={{
          model: ({ slug }) => slug,
          name: ({ name }) => name,
          reason: ({ refusal }) => refusal ?? null,
          bytes: ({ byteLength }) => byteLength ?? null,
        }}
        query={refusedModelsQuery}
      />
      <div className={styles.cards}>
        {refused.map((model) => (
          <ModelCard key={model.id} model={model} />
        ))}
      </div>
    </section>
  );
}
