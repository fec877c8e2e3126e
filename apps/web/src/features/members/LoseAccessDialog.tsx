/** Confirms a change that takes access away: it names what is lost. */
import type { Role } from "../../graphql/generated/graphql.ts";
import { counted } from "../deletion/counted.ts";
import deletionStyles from "../deletion/DeleteDialog.module.css";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { type Losses, losesForGood } from "./losses.ts";
import { roleName } from "./roles.ts";

interface LoseAccessDialogProps {
  readonly name: string;
  readonly kind: "suspend" | "remove" | "demote";
  readonly losses: Losses;
  /** The new role of a demotion. */
  readonly role: Role;
  onConfirm(): void;
  onClose(): void;
}

export function LoseAccessDialog({ name, kind, losses, role, onConfirm, onClose }: LoseAccessDialogProps) {
  const isDemotion = kind === "demote";
  const verb = { suspend: "Suspend", remove: "Remove", demote: "Change" }[kind];
  return (
    <Dialog title={isDemotion ? `Change your own role to ${roleName(role)}` : `${verb} ${name}`} open onClose={onClose}>
      {isDemotion ? (
        <p className="second">
          You can no longer manage the workspace, and your open invitations are revoked. Only another owner can make you an owner again.
        </p>
      ) : (
        <>
          <p className="second">
            {name} loses access to the workspace at once, and is told by e-mail. This can be undone
            {losesForGood(losses) ? ", but these stay revoked:" : "."}
          </p>
          {losesForGood(losses) ? (
            <ul className={deletionStyles.losses}>
              {[
                ...counted(losses.keys, "API key; programs that use it are refused", "API keys; programs that use them are refused"),
                ...counted(losses.invitations, "open invitation that they sent", "open invitations that they sent"),
              ].map((loss) => (
                <li key={loss}>{loss}</li>
              ))}
            </ul>
          ) : null}
          <p className="second">Everything that {name} created stays in the workspace.</p>
        </>
      )}
      <div className={dialogStyles.dialogActions}>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" onClick={onConfirm}>
          {verb}
        </Button>
      </div>
    </Dialog>
  );
}
