"use client";
/** All models, each with the first stored image that fooled it. */
import { useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { ModelsDocument } from "../../graphql/generated/graphql.ts";
import { AddressCheck } from "../marks/AddressNote.tsx";
import { ButtonLink } from "../marks/Button.tsx";
import { ListTools } from "../marks/ListTools.tsx";
import { formatTotal } from "../marks/numbers.ts";
import { PagePath } from "../shell/PagePath.tsx";
import { ModelList } from "./ModelList.tsx";
import styles from "./Models.module.css";
import { modelsFile, modelsQuery } from "./modelsFile.ts";
import { RefusedModels } from "./RefusedModels.tsx";

export function ModelsPage() {
  const [more, setMore] = useState(0);
  // The first page of the list, for the count.
  const { data } = useLiveQuery({ query: ModelsDocument, variables: { after: null }, requestPolicy: "cache-first" });
  const models = data?.models;
  return (
    <div className="page">
      <PagePath here="Models" />
      <header className="pageHead">
        <div>
          <h1>Models</h1>
          <p>
            {models === undefined ? "" : <span className="n12">{formatTotal(models.totalCount, models.totalCountIsCapped)} </span>}
            registered. Each card shows the first image that fooled the model with a confidence of at least .99.
          </p>
        </div>
        <div className="pageActions">
          <ButtonLink href="/models/transfer">Transfer</ButtonLink>
          <ButtonLink href="/chains">Retraining chains</ButtonLink>
          <ButtonLink href="/models/uploads">Uploads</ButtonLink>
          <ButtonLink href="/models/new" look="primary" needs="registerModel">
            Register a model
          </ButtonLink>
        </div>
      </header>
      <AddressCheck names={[]} />
      <ListTools
        name="models"
        document={ModelsDocument}
        variables={{}}
        pageOf={({ models }) => models}
        columns={modelsFile}
        query={modelsQuery}
      />
      <div className={styles.cards}>
        <ModelList after={null} more={more} onMore={() => setMore(more + 1)} />
      </div>
      <RefusedModels />
    </div>
  );
}
