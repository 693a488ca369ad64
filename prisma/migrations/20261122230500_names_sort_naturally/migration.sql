-- A2 before A10, wherever rows are sorted by what people call them. Deterministic: two names are equal only byte by byte.
CREATE COLLATION "natural" (provider = icu, locale = 'und-u-kn-true', deterministic = true);
ALTER TABLE "CellLine" ALTER COLUMN "name" TYPE TEXT COLLATE "natural";
ALTER TABLE "Sample"
  ALTER COLUMN "name" TYPE TEXT COLLATE "natural",
  ALTER COLUMN "plate" TYPE TEXT COLLATE "natural",
  ALTER COLUMN "well" TYPE TEXT COLLATE "natural";
ALTER TABLE "Image" ALTER COLUMN "name" TYPE TEXT COLLATE "natural";

-- A page of them is read from where it begins.
CREATE INDEX "CellLine_organizationId_name_id_idx" ON "CellLine"("organizationId", "name", "id");
CREATE INDEX "Sample_projectId_name_id_idx" ON "Sample"("projectId", "name", "id");
CREATE INDEX "Image_createdAt_id_idx" ON "Image"("createdAt", "id");
