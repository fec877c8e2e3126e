-- Sign-ins of programs on a device without a browser: the device shows a code, and a member approves it on the page /device.
CREATE TYPE "DeviceDecision" AS ENUM ('APPROVED', 'REFUSED');

CREATE TABLE "device_logins" (
    "device_code_hash" TEXT NOT NULL,
    "user_code_hash" TEXT NOT NULL,
    "client_name" TEXT NOT NULL,
    "client_address" TEXT NOT NULL,
    "scopes" "KeyScope"[],
    "key_days" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "polled_at" TIMESTAMPTZ(3),
    "user_id" TEXT,
    "workspace_id" TEXT,
    "decision" "DeviceDecision",
    CONSTRAINT "device_logins_pkey" PRIMARY KEY ("device_code_hash"),
    CONSTRAINT "device_logins_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "device_logins_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "device_logins_user_code_hash_key" ON "device_logins"("user_code_hash");
CREATE INDEX "device_logins_expires_at_idx" ON "device_logins"("expires_at");
