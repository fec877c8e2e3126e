/** Unsent forms in the browser: which forms keep their values, and what is there again on the next visit. */
import { describe, expect, it } from "vitest";
import { createDraftStore, type DraftStorage, draftKey } from "../../../../apps/web/src/features/drafts/draftStore.ts";
import { findFormDraft, keepFormDraft } from "../../../../apps/web/src/features/drafts/formDraft.ts";
import { readWebSources } from "../../../support/webSources.ts";

/** Files with a form or a text field that keep nothing, and why. */
const excused: Readonly<Record<string, string>> = {
  "features/archiveCanvas/ArchiveTools.tsx": "searches",
  "features/bulk/MoveDialog.tsx": "has only a choice",
  "features/bulk/RerunDialog.tsx": "has only a choice",
  "features/comparison/EntryChooser.tsx": "adds to the address",
  "features/deviceLogin/DeviceCodeForm.tsx": "takes a code of another device",
  "features/entrance/AcceptForm.tsx": "is for people without a session",
  "features/entrance/CodeForm.tsx": "is for people without a session",
  "features/entrance/FirstOwnerForm.tsx": "is for people without a session",
  "features/entrance/JoinForm.tsx": "is for people without a session",
  "features/entrance/RequestInvitationForm.tsx": "is for people without a session",
  "features/entrance/RequestResetPage.tsx": "is for people without a session",
  "features/entrance/ResetPage.tsx": "is for people without a session",
  "features/entrance/SignInPage.tsx": "is for people without a session",
  "features/entrance/VerifyPage.tsx": "is for people without a session",
  "features/exports/ExportForm.tsx": "has only choices",
  "features/imports/ImportDecision.tsx": "has only choices",
  "features/newRun/MethodForm.tsx": "writes to the page's address, which useFormAddress keeps",
  "features/notifications/UnsubscribePage.tsx": "has only choices",
  "features/profile/ConfirmPassword.tsx": "takes a password",
  "features/profile/EmailForm.tsx": "takes a password",
  "features/profile/PasswordForm.tsx": "takes a password",
  "features/profile/SecondFactorSetup.tsx": "takes a code",
  "features/runOrigin/ForkFormFrame.tsx": "has its values from useForkSettings, which keeps them",
  "features/norming/NewRoomDialog.tsx": "has only choices",
  "features/norming/RoomMembersDialog.tsx": "has only choices",
  "features/norming/VoteButtons.tsx": "has only a choice",
  "features/studyBuilder/ConsentRules.tsx": "is a part of the study, which useStudyDraft keeps",
  "features/studyBuilder/PhaseTextRules.tsx": "is a part of the study, which useStudyDraft keeps",
  "features/studyPlaces/RaiseLimit.tsx": "has only a number",
  "features/textCoding/CodeTexts.tsx": "has only a choice",
  "features/tracking/MentionField.tsx": "is a field of forms that keep its text",
  "features/voting/ConsentScreen.tsx": "is for voters, whose answers have a store of their own",
  "features/voting/TextAnswer.tsx": "is for voters, whose answers have a store of their own",
  "features/voting/WithdrawScreen.tsx": "is for voters, whose answers have a store of their own",
  "features/webhooks/ReplayFailed.tsx": "has only a time",
};

const mechanism = /\buse(Unsent|Draft)(<[^(]*>)?\(/;

describe("the forms", () => {
  const forms = readWebSources().filter(({ text }) => /<(form|textarea|MarkdownEditor)\b/.test(text));

  it("keep what is not sent, unless a reason is given here", () => {
    expect(forms.length).toBeGreaterThan(40);
    const forgetful = forms.filter(({ text }) => !mechanism.test(text)).map(({ path }) => path);
    expect(forgetful.toSorted()).toEqual(Object.keys(excused).toSorted());
  });

  it("that keep their values say so when they are restored", () => {
    const silent = forms.filter(({ text }) => mechanism.test(text) && !/<RestoredNote|onDiscardRestored/.test(text));
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  it("whose values go with the new run's address or the study are kept there", () => {
    const kept = readWebSources().filter(({ text }) => mechanism.test(text));
    const paths = kept.map(({ path }) => path);
    expect(paths).toContain("features/newRun/useFormAddress.ts");
    expect(paths).toContain("features/studyBuilder/useStudyDraft.ts");
  });

  it("keep no password, code or secret", () => {
    const kept = readWebSources().filter(({ text }) => mechanism.test(text));
    expect(kept.filter(({ text }) => /type="password"|PasswordField/.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it("have names of their own", () => {
    const names = readWebSources().flatMap(({ text }) =>
      [...text.matchAll(/useUnsent(?:<[^(]*>)?\((["`][^"`$]*)/g)].map((match) => match[1]),
    );
    expect(names.length).toBeGreaterThan(12);
    expect(new Set(names).size).toBe(names.length);
  });
});

function memoryStorage(): DraftStorage {
  const values = new Map<string, string>();
  return {
    get length() {
      return values.size;
    },
    key: (index) => [...values.keys()][index] ?? null,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}

describe("a form's draft", () => {
  const key = draftKey({ userId: "ada", workspaceId: "lab" }, "form webhook 1");
  const initial = { name: "Hook", url: "https://old.example", kinds: ["RUN_FAILED"] };
  const start = () => {
    const storage = memoryStorage();
    /** A new page has a store of its own. */
    return { storage, store: () => createDraftStore(storage, () => 0) };
  };

  it("is there again on a new page, with what its values were", () => {
    const { store } = start();
    keepFormDraft(store(), key, { values: { ...initial, name: "Mine", kinds: [] }, base: initial });
    expect(findFormDraft(store(), key, initial)).toEqual({ values: { ...initial, name: "Mine", kinds: [] }, base: initial });
  });

  it("leaves alone what a colleague has changed since in other fields, and knows what the person had seen", () => {
    const { store } = start();
    keepFormDraft(store(), key, { values: { ...initial, name: "Mine" }, base: initial });
    const stored = { name: "Of Grace", url: "https://new.example", kinds: ["RUN_FAILED"] };
    const found = findFormDraft(store(), key, stored);
    expect(found?.values).toEqual({ ...stored, name: "Mine" });
    expect(found?.base).toEqual({ ...stored, name: "Hook" });
  });

  it("is none if nothing differs, before and after a change is taken back", () => {
    const { storage, store } = start();
    keepFormDraft(store(), key, { values: { ...initial, name: "Mine" }, base: initial });
    expect(findFormDraft(store(), key, { ...initial, name: "Mine" })).toBeNull();
    keepFormDraft(store(), key, { values: initial, base: initial });
    expect(storage.length).toBe(0);
  });

  it("of an earlier version gives only the values that the form still has", () => {
    const { store } = start();
    store().put(key, { text: JSON.stringify({ name: "Mine", url: 7, gone: true }), base: "{}" });
    expect(findFormDraft(store(), key, initial)?.values).toEqual({ ...initial, name: "Mine" });
    store().put(key, { text: "{", base: "" });
    expect(findFormDraft(store(), key, initial)).toBeNull();
  });
});
