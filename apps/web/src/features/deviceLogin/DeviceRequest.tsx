"use client";
/** Which program requests an API key, for which workspace and scopes, and the member's decision. */
import { useState } from "react";
import { keyScopeDescriptions } from "../../graphql/generated/enumDescriptions.ts";
import { scopeName } from "../apiKeys/keyScopes.ts";
import styles from "../entrance/entrance.module.css";
import { FormRefusal } from "../entrance/FormParts.tsx";
import { Button } from "../marks/Button.tsx";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { postAccount } from "../session/account.ts";
import requestStyles from "./DeviceRequest.module.css";
import type { DeviceLogin } from "./deviceLogin.ts";

interface DeviceRequestProps {
  readonly login: DeviceLogin;
  readonly onDecided: (decision: "approved" | "refused") => void;
  readonly onBack: () => void;
}

const decisions = {
  approved: { path: "/device/approve", label: "Approve", busyLabel: "Approving", look: "primary" },
  refused: { path: "/device/refuse", label: "Refuse", busyLabel: "Refusing", look: "plain" },
} as const;

export function DeviceRequest({ login, onDecided, onBack }: DeviceRequestProps) {
  const { code, clientName, clientAddress, createdAt, scopes, keyDays, role, workspace } = login;
  const [deciding, setDeciding] = useState<keyof typeof decisions | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const decide = async (decision: keyof typeof decisions) => {
    setDeciding(decision);
    setRefusal(null);
    const answer = await postAccount(decisions[decision].path, { code, workspaceId: workspace.id });
    setDeciding(null);
    if ("refusal" in answer) setRefusal(answer.refusal.message);
    else onDecided(decision);
  };
  return (
    <section className={styles.form} aria-labelledby="request">
      <div className={styles.intro}>
        <h1 id="request">
          Let <span className={styles.fact}>{clientName}</span> act as you?
        </h1>
        <p className="second">Approve only if you started it yourself and its terminal shows the same code.</p>
      </div>
      <dl className={requestStyles.facts}>
        <dt>Code</dt>
        <dd className={`n12 ${requestStyles.code}`}>{code}</dd>
        <dt>Requested from</dt>
        <dd className="n12">{clientAddress}</dd>
        <dt>When</dt>
        <dd>
          <RelativeTime time={createdAt} />
        </dd>
        <dt>Workspace</dt>
        <dd className={styles.fact}>
          {workspace.name}, where you are {role.toLowerCase()}
        </dd>
        <dt>Scopes</dt>
        <dd>
          <ul className={requestStyles.scopes}>
            {scopes.map((scope) => (
              <li key={scope}>
                <span className="n12">{scopeName(scope)}</span> <span className="t12 muted">{keyScopeDescriptions[scope]}</span>
              </li>
            ))}
          </ul>
        </dd>
        <dt>Valid for</dt>
        <dd>
          {keyDays} {keyDays === 1 ? "day" : "days"}, or until you revoke the key
        </dd>
      </dl>
      <FormRefusal message={refusal} />
      <div className="pageActions">
        {(["approved", "refused"] as const).map((decision) => {
          const { label, busyLabel, look } = decisions[decision];
          return (
            <Button key={decision} look={look} disabled={deciding !== null} onClick={() => void decide(decision)}>
              {deciding === decision ? busyLabel : label}
            </Button>
          );
        })}
        <Button look="quiet" disabled={deciding !== null} onClick={onBack}>
          Enter another code
        </Button>
      </div>
    </section>
  );
}
