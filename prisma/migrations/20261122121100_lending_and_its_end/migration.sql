ALTER TYPE "ShareStatus" ADD VALUE 'DECLINED';

CREATE TABLE "DatasetUse" (
  "shareId" UUID NOT NULL,
  "day" DATE NOT NULL,
  "kind" "JobKind" NOT NULL,
  "jobs" INTEGER NOT NULL,
  CONSTRAINT "DatasetUse_pkey" PRIMARY KEY ("shareId", "day", "kind"),
  CONSTRAINT "DatasetUse_shareId_fkey" FOREIGN KEY ("shareId") REFERENCES "DatasetShare"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "DiscardedObject" (
  "key" TEXT NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "DiscardedObject_pkey" PRIMARY KEY ("key")
);
