-- A part that replaces another leaves the replaced one in the object store until its clean-up, so both count as sent.
ALTER TABLE uploads ADD COLUMN received_bytes DOUBLE PRECISION NOT NULL DEFAULT 0;

UPDATE uploads SET received_bytes = parts.bytes
FROM (SELECT upload_id, count(*) * 8388608.0 AS bytes FROM upload_parts GROUP BY upload_id) parts
WHERE parts.upload_id = uploads.id;
