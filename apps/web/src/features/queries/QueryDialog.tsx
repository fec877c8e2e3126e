"use client";
/** The dialog of a "Query" button: the operation as GraphiQL, curl, the CLI and the client send it, each to copy. */
import { useId, useState } from "react";
import { useAddress } from "../addresses/navigation.ts";
import buttonStyles from "../marks/Button.module.css";
import { ButtonLink } from "../marks/Button.tsx";
import { CopyButton } from "../marks/CopyButton.tsx";
import { Dialog } from "../marks/Dialog.tsx";
import { Link } from "../marks/Link.tsx";
import { TabList } from "../marks/TabList.tsx";
import styles from "./QueryDialog.module.css";
import { useQueryAccess } from "./queryAccess.ts";
import { explorerPath, type QueryForm, queryForms } from "./queryForms.ts";
import type { ShownQuery } from "./shownQuery.ts";

interface QueryDialogProps {
  readonly title: string;
  readonly open: boolean;
  readonly queries: readonly ShownQuery[];
  readonly onClose: () => void;
}

export function QueryDialog({ title, open, queries, onClose }: QueryDialogProps) {
  return (
    <Dialog title={title} open={open} wide onClose={onClose}>
      <QueryForms queries={queries} />
    </Dialog>
  );
}

function QueryForms({ queries }: Pick<QueryDialogProps, "queries">) {
  const access = useQueryAccess();
  const address = useAddress();
  const forms = queryForms.filter((form) => form.canSend(access));
  const [index, setIndex] = useState(0);
  const [formId, setFormId] = useState(queryForms[0]?.id);
  const panelId = useId();
  const query = queries[index];
  const form = forms.find(({ id }) => id === formId);
  if (query === undefined || form === undefined) return <p className="second">This page loads no data from the API.</p>;
  return (
    <>
      {queries.length === 1 ? null : (
        <label className="field">
          <span>Query</span>
          <select className="input" value={index} onChange={(event) => setIndex(Number(event.target.value))}>
            {queries.map(({ title }, place) => (
              <option key={place} value={place}>
                {title}
              </option>
            ))}
          </select>
        </label>
      )}
      <TabList label="Program" tabs={forms} current={form.id} panelId={panelId} onChange={setFormId} />
      <div id={panelId} role="tabpanel" aria-label={form.label} className={styles.panel}>
        {form.texts(query, access).map(({ title, text }) => (
          <section key={title} aria-label={title} className={styles.text}>
            <div className={styles.head}>
              <h3>{title}</h3>
              <CopyButton text={text} />
            </div>
            <pre tabIndex={0}>{text}</pre>
          </section>
        ))}
        <SignInNote form={form} needsKey={access.needsKey} />
      </div>
      <div className={styles.foot}>
        <ButtonLink href="/api-reference">API reference</ButtonLink>
        {/* Not a page of Next, which would load it in advance. */}
        <a className={buttonStyles.button} href={address(explorerPath(query, access))}>
          Open in GraphiQL
        </a>
      </div>
    </>
  );
}

function SignInNote({ form: { signIn }, needsKey }: { readonly form: QueryForm; readonly needsKey: boolean }) {
  if (!needsKey) return null;
  if (signIn !== null) return <p className="t12 muted">{signIn}</p>;
  return (
    <p className="t12 muted">
      Set PAREIDOLIA_TOKEN to an API key, which you create under{" "}
      <Link className="link" href="/settings/keys">
        API keys
      </Link>
      .
    </p>
  );
}
