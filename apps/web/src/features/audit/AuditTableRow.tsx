"use client";
/** An entry of the audit log. Opened, it shows old and new values, from where it was done, and its link in the chain. */
import { useId, useState } from "react";
import type { AuditRowFragment } from "../../graphql/generated/graphql.ts";
import keyValueStyles from "../marks/KeyValues.module.css";
import { formatCount } from "../marks/numbers.ts";
import tableStyles from "../settings/SettingsTable.module.css";
import styles from "./Audit.module.css";
import { writeAction } from "./actionText.ts";
import { type ChangeSummary, listChanges, summariseChange } from "./changes.ts";

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const dayAndMonth = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

/** `14:31:08` today, `26 Nov 14:31:08` before. */
function formatMoment(date: Date, now: Date): string {
  return date.toDateString() === now.toDateString() ? clock.format(date) : `${dayAndMonth.format(date)} ${clock.format(date)}`;
}

export function AuditTableRow({ entry }: { readonly entry: AuditRowFragment }) {
  const { sequence, at, userName, keyPrefix, action, subjectType, subjectName, hash } = entry;
  const [open, setOpen] = useState(false);
  const [now] = useState(() => new Date());
  const detailsId = useId();
  const date = new Date(at);
  const moment = formatMoment(date, now);
  const through = keyPrefix == null ? "web" : <KeyName prefix={keyPrefix} />;
  const subject = subjectName ?? subjectType.toLowerCase();
  const summary = summariseChange(entry.before, entry.after, subject);
  return (
    <>
      <tr className={styles.row} data-open={open || undefined} onClick={() => setOpen(!open)}>
        <td className={styles.link} aria-hidden="true" />
        <td className={`n12 ${tableStyles.wide}`}>{formatCount(sequence)}</td>
        <td className={`n12 nowrap ${tableStyles.wide}`}>
          <time dateTime={at} title={date.toLocaleString("en-GB")}>
            {moment}
          </time>
        </td>
        <td className={userName == null ? "muted" : styles.strong}>
          {userName ?? "unknown"}
          <span className={`${tableStyles.narrow} n12 muted`}>{moment}</span>
        </td>
        <td>
          <button
            type="button"
            className={`t12 ${styles.action}`}
            aria-expanded={open}
            aria-controls={open ? detailsId : undefined}
            onClick={(event) => {
              event.stopPropagation();
              setOpen(!open);
            }}
          >
            {writeAction(action)}
            <span className="visuallyHidden"> entry {formatCount(sequence)}</span>
          </button>
          <span className={`${tableStyles.narrow} t12 muted`}>{subject}</span>
        </td>
        <td className={`${styles.strong} ${tableStyles.wide}`}>{subject}</td>
        <td className={`t12 ${tableStyles.wide}`}>
          <Summary {...summary} />
        </td>
        <td className={`t12 nowrap ${tableStyles.wide}`}>{through}</td>
        <td className={`n12 right ${tableStyles.wide}`}>{hash.slice(0, 8)}</td>
      </tr>
      {open ? (
        <tr id={detailsId} className={styles.detailsRow}>
          <td className={styles.link} aria-hidden="true" />
          <td colSpan={8}>
            <Details entry={entry} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

function KeyName({ prefix }: { readonly prefix: string }) {
  return (
    <>
      key <span className="n12">{prefix}…</span>
    </>
  );
}

function Summary({ from, to }: ChangeSummary) {
  if (from === null) return to === null ? <span className="muted">–</span> : <span className={styles.clip}>{to}</span>;
  return (
    <span className={styles.clip}>
      <span className="muted">{from}</span> → <span className={styles.strong}>{to ?? "none"}</span>
    </span>
  );
}

function Details({ entry }: { readonly entry: AuditRowFragment }) {
  const { before, after, clientAddress, keyPrefix, previousHash, hash, nextHash } = entry;
  const changes = listChanges(before, after);
  return (
    <div className={styles.details}>
      <section>
        <h3>What changed</h3>
        {changes.length === 0 ? (
          <p className="t12 muted">No values were recorded.</p>
        ) : (
          <dl className={styles.changes}>
            {changes.map((change) => (
              <div key={change.name}>
                <dt className="n12">{change.name}</dt>
                <dd className="t12">
                  {change.before === null ? null : change.before === change.after ? null : (
                    <>
                      <span className="visuallyHidden">before: </span>
                      <del>{change.before}</del>{" "}
                    </>
                  )}
                  {change.after === null ? null : <b>{change.after}</b>}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </section>
      <section>
        <h3>From where</h3>
        <dl className={keyValueStyles.keyValues}>
          <dt>Address</dt>
          <dd className="n12">{clientAddress ?? "unknown"}</dd>
          <dt>Through</dt>
          <dd>{keyPrefix == null ? "web" : <KeyName prefix={keyPrefix} />}</dd>
          <dt>Time</dt>
          <dd className="n12">{new Date(entry.at).toLocaleString("en-GB")}</dd>
        </dl>
      </section>
      <section>
        <h3>Link</h3>
        <dl className={keyValueStyles.keyValues}>
          <dt>Before</dt>
          <dd className="n12" title={previousHash}>
            {previousHash === "" ? "first entry" : `${previousHash.slice(0, 8)}…`}
          </dd>
          <dt>This</dt>
          <dd className="n12" title={hash}>
            {hash.slice(0, 8)}…
          </dd>
          <dt>Next</dt>
          <dd className="n12" title={nextHash ?? undefined}>
            {nextHash == null ? "latest entry" : `${nextHash.slice(0, 8)}…`}
          </dd>
        </dl>
      </section>
    </div>
  );
}
