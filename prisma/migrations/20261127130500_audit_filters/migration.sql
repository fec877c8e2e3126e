-- Pages of the audit log by the filters of its page, latest first.
CREATE INDEX "audit_entries_workspace_id_action_sequence_idx" ON "audit_entries"("workspace_id", "action", "sequence");
CREATE INDEX "audit_entries_workspace_id_subject_id_sequence_idx" ON "audit_entries"("workspace_id", "subject_id", "sequence");
CREATE INDEX "audit_entries_workspace_id_key_id_sequence_idx" ON "audit_entries"("workspace_id", "key_id", "sequence");
