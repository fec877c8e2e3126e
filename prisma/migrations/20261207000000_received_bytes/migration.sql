-- A part can be replaced any number of times until its upload is finished, so replaced parts count as sent, too.
ALTER TABLE uploads ADD COLUMN received_bytes DOUBLE PRECISION NOT NULL DEFAULT 0;

UPDATE uploads SET received_bytes = parts.bytes
FROM (SELECT upload_id, count(*) * 8388608.0 AS bytes FROM upload_parts GROUP BY upload_id) parts
WHERE parts.upload_id = uploads.id;
