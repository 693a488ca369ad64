CREATE TABLE "TrashItem" (
  "id" UUID NOT NULL,
  "organizationId" UUID NOT NULL,
  "projectId" UUID,
  "type" TEXT NOT NULL,
  "subjectId" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "ownerId" UUID,
  "deletedById" UUID,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "TrashItem_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "TrashItem_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "TrashItem_type_subjectId_key" ON "TrashItem"("type", "subjectId");
CREATE INDEX "TrashItem_projectId_createdAt_id_idx" ON "TrashItem"("projectId", "createdAt", "id");
CREATE INDEX "TrashItem_organizationId_createdAt_id_idx" ON "TrashItem"("organizationId", "createdAt", "id");
CREATE INDEX "TrashItem_createdAt_idx" ON "TrashItem"("createdAt");

CREATE UNLOGGED TABLE "SweepCandidate" (
  "sweepId" UUID NOT NULL,
  "key" TEXT NOT NULL,
  CONSTRAINT "SweepCandidate_pkey" PRIMARY KEY ("sweepId", "key")
);

-- What was purged has no objects any more.
ALTER TABLE "Image" DROP CONSTRAINT "Image_ready_check", ADD CONSTRAINT "Image_ready_check"
  CHECK ("status" <> 'READY' OR "purgedAt" IS NOT NULL
    OR num_nulls("checksum", "width", "height", "channels", "originalKey") = 0);
