"use client";
/** The recipe tab: what the sweep varies, what its runs share, its rules, and the request that would start it again. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { SweepModelsDocument } from "../../graphql/generated/graphql.ts";
import { Button, ButtonLink } from "../marks/Button.tsx";
import { CopyButton } from "../marks/CopyButton.tsx";
import { useDataTools } from "../marks/DataTools.tsx";
import { Link } from "../marks/Link.tsx";
import { ResultSection } from "../studyResults/ResultSection.tsx";
import styles from "./SweepTabs.module.css";
import { changedSeeds, formAddressOf, modelIdsOf } from "./sweepFormAddress.ts";
import { type SweepOnPage } from "./sweepOnPage.ts";
import { recipeQuery } from "./sweepQueries.ts";
import { commonRows, inputOfSweep, type RecipeRow, ruleRows, valuesOf } from "./sweepRecipe.ts";

const scaleWords = { LINEAR: "drawn, equal steps", LOG: "drawn, equal ratios", INTEGER: "drawn, whole numbers" } as const;

export function SweepRecipe({ sweep }: { readonly sweep: SweepOnPage }) {
  const modelIds = modelIdsOf(sweep);
  const { data, error } = useLiveQuery({
    query: SweepModelsDocument,
    variables: { ids: [...modelIds] },
    pause: modelIds.length === 0,
    requestPolicy: "cache-first",
  });
  const models = data?.nodes.flatMap((node) => (node?.__typename === "Model" ? [node] : [])) ?? [];
  const model = models.find(({ id }) => id === modelIds[0]) ?? null;
  // The link's address names the models. A row or link that appeared later would shift the page under the pointer.
  const isLoading = modelIds.length > 0 && !data && !error;
  const address = formAddressOf(sweep, new Map(models.map(({ id, slug }) => [id, slug])));
  const seedNote = changedSeeds(sweep.seeds);
  const shared = commonRows(sweep);
  const rules = ruleRows(sweep);
  const tools = useDataTools({
    name: `${sweep.key}-recipe`,
    columns: ["setting", "value"],
    rows: () => [
      ...sweep.axes.map((axis) => [axis.label, valuesOf(axis)]),
      ...[...rules, ...(model === null ? [] : [{ name: "Model", value: model.name }]), ...shared].map(({ name, value }) => [name, value]),
    ],
    query: recipeQuery(sweep.key),
  });
  const request = JSON.stringify(inputOfSweep(sweep), null, 2);
  return (
    <div className={styles.recipe}>
      <ResultSection title="What varies" tools={tools}>
        <table className={styles.pairs}>
          <tbody>
            {sweep.axes.map((axis) => (
              <tr key={axis.path}>
                <th scope="row">{axis.label}</th>
                <td className="n12">{valuesOf(axis)}</td>
                <td className="t12 muted">{axis.scale === null ? "" : scaleWords[axis.scale as keyof typeof scaleWords]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ResultSection>
      <ResultSection title="Points and rules">
        <Rows rows={rules} />
      </ResultSection>
      <ResultSection title="What all runs share">
        <table className={styles.pairs}>
          <tbody>
            <tr>
              <th scope="row">Kind</th>
              <td>{sweep.kindLabel}</td>
            </tr>
            {model === null && !isLoading ? null : (
              <tr>
                <th scope="row">Model</th>
                <td>
                  {model === null ? (
                    "…"
                  ) : (
                    <Link className="link" href={`/models/${model.slug}`}>
                      {model.name}
                    </Link>
                  )}
                </td>
              </tr>
            )}
            {shared.map(({ name, value, isNumber }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className={isNumber ? "n12" : ""}>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ResultSection>
      <ResultSection title="Start it again">
        <p className={styles.again}>
          {isLoading ? (
            <Button needs="startSweep" disabled>
              New sweep with these settings
            </Button>
          ) : (
            <ButtonLink needs="startSweep" href={address}>
              New sweep with these settings
            </ButtonLink>
          )}
        </p>
        {seedNote === null ? null : <p className="t12 muted">{seedNote}</p>}
        <p className="second">
          Or send these variables to <code>startSweep</code>. A run with the same settings and seed gives the same results on the same
          engine and instruction set.{sweep.sampler === "RANDOM" ? " Points are drawn again, among the values above." : ""}
        </p>
        <div className={styles.request}>
          <CopyButton text={request} />
          <pre tabIndex={0}>{request}</pre>
        </div>
      </ResultSection>
    </div>
  );
}

function Rows({ rows }: { readonly rows: readonly RecipeRow[] }) {
  return (
    <table className={styles.pairs}>
      <tbody>
        {rows.map(({ name, value, isNumber }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className={isNumber ? "n12" : ""}>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
