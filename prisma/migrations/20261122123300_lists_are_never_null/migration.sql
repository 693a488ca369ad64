-- A list that nobody wrote read back as null, and the API promises a list.
ALTER TABLE "ModelVersion" ALTER COLUMN "classes" SET DEFAULT ARRAY[]::TEXT[], ALTER COLUMN "colours" SET DEFAULT ARRAY[]::TEXT[];
ALTER TABLE "Segmentation" ALTER COLUMN "warnings" SET DEFAULT ARRAY[]::TEXT[];
ALTER TABLE "ApiKey" ALTER COLUMN "scopes" SET DEFAULT ARRAY[]::TEXT[];
UPDATE "ModelVersion" SET "classes" = coalesce("classes", '{}'), "colours" = coalesce("colours", '{}') WHERE "classes" IS NULL OR "colours" IS NULL;
UPDATE "Segmentation" SET "warnings" = '{}' WHERE "warnings" IS NULL;
UPDATE "ApiKey" SET "scopes" = '{}' WHERE "scopes" IS NULL;
