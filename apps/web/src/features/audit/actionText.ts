/** What an action of the audit log is in words, between who did it and to what: "changed the role of the member". */

/** Those that their names do not describe. */
const phrases: Readonly<Record<string, string>> = {
  "apiKey:allowMembers": "decided who may have API keys in",
  "auditEntry:export": "exported the audit log of",
  "bulkQuery:download": "downloaded the file of the bulk query",
  "comment:add": "commented on",
  "comment:delete": "deleted a comment on",
  "comment:edit": "changed a comment on",
  "comment:restore": "restored a comment on",
  "email:sendAgain": "sent again the e-mail to",
  "experiment:share": "changed who may read the experiment",
  "invitation:create": "invited",
  "invitation:revoke": "revoked the invitation of",
  "lock:set": "changed the lock of",
  "member:disableSecondFactor": "turned off the second factor of",
  "member:join": "joined the workspace as",
  "model:check": "started another check of the model",
  "normingRoom:takePart": "took part in the norming room",
  "password:change": "changed the password of",
  "session:end": "ended a session of",
  "session:explore": "opened GraphiQL as",
  "session:refuse": "was refused at sign-in as",
  "session:start": "signed in as",
  "study:assign": "assigned images of the study",
  "study:changeState": "changed the state of the study",
  "study:export": "exported the trials of the study",
  "study:managePlaces": "changed the places of the study",
  "trash:delete": "deleted for good",
  "trash:move": "moved to the trash",
  "trash:restore": "restored from the trash",
  "upload:finish": "uploaded",
  "vote:cast": "voted in",
  "workspace:purge": "removed all data of the workspace",
  "workspace:setQuota": "set the storage quota of",
  "workspace:setRunLimits": "set the limits on runs of",
};

const irregular: Readonly<Record<string, string>> = {
  cancel: "cancelled",
  choose: "chose",
  edit: "changed",
  leave: "left",
  make: "made",
  send: "sent",
  set: "set",
  tag: "tagged",
  trim: "trimmed",
  undo: "took back",
  update: "changed",
};

const past = (verb: string): string => irregular[verb] ?? (verb.endsWith("e") ? `${verb}d` : `${verb}ed`);

/** `apiKey` becomes `API key`. */
function wordsOf(name: string): string {
  return name
    .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/^api\b/, "API")
    .replace(/\bemail\b/, "e-mail address");
}

/** @param action such as "member:changeRole". */
export function writeAction(action: string): string {
  const known = phrases[action];
  if (known !== undefined) return known;
  const [noun = "", name = ""] = action.split(":");
  const [verb = "", ...object] = wordsOf(name).split(" ");
  return `${past(verb)} the ${object.length === 0 ? "" : `${object.join(" ")} of the `}${wordsOf(noun)}`;
}
