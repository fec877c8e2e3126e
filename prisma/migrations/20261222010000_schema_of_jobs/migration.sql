-- The queue creates its tables in this schema, as the application's role, which may not create schemas.
CREATE SCHEMA IF NOT EXISTS "pareidolia_jobs";
