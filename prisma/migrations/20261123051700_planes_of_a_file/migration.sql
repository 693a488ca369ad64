-- A file of several time points gives an image for each, and a z-stack says which of its planes was taken.
ALTER TABLE "Image" ADD COLUMN "seriesId" UUID,
ADD COLUMN "timePoint" INTEGER,
ADD COLUMN "timePoints" INTEGER,
ADD COLUMN "secondsSinceFirst" DOUBLE PRECISION,
ADD COLUMN "stackPlanes" INTEGER,
ADD COLUMN "stackPlane" INTEGER,
ADD COLUMN "planeChecksum" TEXT;

-- Whoever sees why a file could not be read sees what to do about it.
ALTER TABLE "Image" ADD COLUMN "errorCure" TEXT;
UPDATE "Image" i SET "errorCure" = (SELECT j."errorCure" FROM "Job" j WHERE j."subjectId" = i.id AND j.kind = 'INGEST'
  AND j.status = 'FAILED' LIMIT 1) WHERE i.status = 'FAILED';
