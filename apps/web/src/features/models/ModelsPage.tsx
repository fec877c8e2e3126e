"use client";
/** The networks that can be fooled, each shown by the first stored image that fooled it; those being checked are looked at again. */
import { useState } from "react";
import { useQuery } from "urql";
import { useKept } from "../../graphql/client/useKept.ts";
import { ModelsDocument } from "../../graphql/generated/graphql.ts";
import { AddressCheck } from "../marks/AddressNote.tsx";
import { ButtonLink } from "../marks/Button.tsx";
import { formatTotal } from "../marks/numbers.ts";
import { PagePath } from "../shell/PagePath.tsx";
import { ModelList } from "./ModelList.tsx";
import styles from "./Models.module.css";
import { RefusedModels } from "./RefusedModels.tsx";

export function ModelsPage() {
  const [more, setMore] = useState(0);
  // The list's own first page, for the count.
  const [{ data }] = useQuery({ query: ModelsDocument, variables: { after: null } });
  const models = useKept(data)?.models;
  return (
    <div className="page">
      <PagePath here="Models" />
      <header className="pageHead">
        <div>
          <h1>Models</h1>
          <p>
            {models === undefined ? "" : <span className="n12">{formatTotal(models.totalCount, models.totalCountIsCapped)} </span>}
            registered. Each card shows the first image found that fools it with ≥ .99.
          </p>
        </div>
        <div className="pageActions">
          <ButtonLink href="/models/transfer">Transfer</ButtonLink>
          <ButtonLink href="/chains">Retraining chains</ButtonLink>
          <ButtonLink href="/models/uploads">Uploads</ButtonLink>
          <ButtonLink href="/models/new" look="primary">
            Register a model
          </ButtonLink>
        </div>
      </header>
      <AddressCheck names={[]} />
      <div className={styles.cards}>
        <ModelList after={null} more={more} onMore={() => setMore(more + 1)} />
      </div>
      <RefusedModels />
    </div>
  );
}
