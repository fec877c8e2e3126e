-- A model that is named by its address has no hash until a worker has fetched it and found it good.
ALTER TABLE "models"
    DROP CONSTRAINT "models_sha256_format",
    ADD CONSTRAINT "models_sha256_format" CHECK (
        "sha256" ~ '^[0-9a-f]{64}$'
        OR ("sha256" = '' AND "url" IS NOT NULL AND "state" IN ('CHECKING', 'REFUSED'))
    );
