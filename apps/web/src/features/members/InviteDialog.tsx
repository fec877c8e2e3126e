"use client";
/** The dialog that invites people by e-mail, several at once, and shows each link once. */
import { type FormEvent, type KeyboardEvent, useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { roleDescriptions } from "../../graphql/generated/enumDescriptions.ts";
import { MailServerDocument, type Role } from "../../graphql/generated/graphql.ts";
import { RestoredNote } from "../drafts/RestoredNote.tsx";
import { useUnsent } from "../drafts/useUnsent.ts";
import buttonStyles from "../marks/Button.module.css";
import { Button } from "../marks/Button.tsx";
import { CopyButton } from "../marks/CopyButton.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { readAddresses } from "./addresses.ts";
import { describeLinks } from "./describeLinks.ts";
import styles from "./Members.module.css";
import { roleName, roles } from "./roles.ts";
import { type InvitationResult, useInvite } from "./useInvite.ts";

const mostAtOnce = 50;

interface InviteDialogProps {
  readonly open: boolean;
  /** The role that is selected first. */
  readonly role?: Role;
  onClose(): void;
}

export function InviteDialog({ open, onClose, role = "RESEARCHER" }: InviteDialogProps) {
  const [results, setResults] = useState<readonly InvitationResult[] | null>(null);
  const close = () => {
    setResults(null);
    onClose();
  };
  const sent = results?.some(({ link }) => link !== null) ?? false;
  return (
    <Dialog title={sent ? "Invited" : "Invite"} open={open} onClose={close}>
      {results !== null && sent ? (
        <InvitationLinks results={results} onMore={() => setResults(null)} onClose={close} />
      ) : (
        <InviteForm role={role} failed={results ?? []} onResults={setResults} onClose={close} />
      )}
    </Dialog>
  );
}

interface InviteFormProps extends Required<Pick<InviteDialogProps, "role">> {
  /** Addresses that could not be invited, with the reasons. */
  readonly failed: readonly InvitationResult[];
  onResults(results: readonly InvitationResult[]): void;
  onClose(): void;
}

function InviteForm({ role: first, failed, onResults, onClose }: InviteFormProps) {
  const invite = useInvite();
  const unsent = useUnsent("invitation", { text: failed.map(({ email }) => email).join("\n"), role: first });
  const { text, role } = unsent.values;
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const problems = problem === null ? [...new Set(failed.map((result) => result.problem ?? ""))] : [problem];
  const submit = async (event: FormEvent | KeyboardEvent) => {
    event.preventDefault();
    if (busy) return;
    const { addresses, others } = readAddresses(text);
    if (others.length > 0) return setProblem(`This is no e-mail address: ${others.slice(0, 3).join(", ")}.`);
    if (addresses.length === 0) return setProblem("Enter an e-mail address.");
    if (addresses.length > mostAtOnce) return setProblem(`Invite at most ${mostAtOnce} people at once.`);
    setProblem(null);
    setBusy(true);
    const results: InvitationResult[] = [];
    for (const address of addresses) results.push(await invite(address, role));
    setBusy(false);
    if (results.some(({ link }) => link !== null)) unsent.sent();
    onResults(results);
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <label>
        <span className="fieldLabel">E-mail addresses, separated by commas or lines</span>
        <textarea
          className="input"
          rows={2}
          autoFocus
          spellCheck={false}
          autoCapitalize="off"
          placeholder="name@lab.example"
          value={text}
          aria-invalid={problems.length > 0 || undefined}
          onChange={(event) => unsent.change({ text: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) void submit(event);
          }}
        />
        {problems.length === 0 ? null : (
          <span className="fieldError" role="alert">
            {problems.join(" ")}
          </span>
        )}
      </label>
      <label>
        <span className="fieldLabel">Role</span>
        <select
          className="input"
          value={role}
          onChange={(event) => unsent.change({ role: roles.find((each) => each === event.target.value) ?? role })}
        >
          {roles.map((each) => (
            <option key={each} value={each}>
              {roleName(each)}
            </option>
          ))}
        </select>
        <span className="t12 muted">{roleDescriptions[role]}</span>
      </label>
      <RestoredNote {...unsent} />
      <div className={dialogStyles.dialogActions}>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" type="submit" disabled={busy} shortcut="↵">
          {busy ? "Inviting" : "Invite"}
        </Button>
      </div>
    </form>
  );
}

interface InvitationLinksProps {
  readonly results: readonly InvitationResult[];
  onMore(): void;
  onClose(): void;
}

function InvitationLinks({ results, onMore, onClose }: InvitationLinksProps) {
  const { data } = useLiveQuery({ query: MailServerDocument });
  const only = results.length === 1 ? results[0]?.link : null;
  return (
    <>
      <p className="second" role="status">
        {describeLinks(results.length, data?.notificationSettings.emailProblem ?? null)}
      </p>
      <ul className={styles.results}>
        {results.map(({ email, link, problem }) => (
          <li key={email}>
            <span>
              <span className={styles.address}>{email}</span>
              {problem === null ? null : <span className="fieldError">{problem}</span>}
            </span>
            {link === null || only != null ? null : <CopyButton text={link} label="Copy link" />}
          </li>
        ))}
      </ul>
      <div className={dialogStyles.dialogActions}>
        <Button onClick={onMore}>Invite others</Button>
        {only == null ? null : <CopyButton text={only} label="Copy link" className={buttonStyles.button} autoFocus />}
        <Button look="primary" onClick={onClose} autoFocus={only == null}>
          Done
        </Button>
      </div>
    </>
  );
}
