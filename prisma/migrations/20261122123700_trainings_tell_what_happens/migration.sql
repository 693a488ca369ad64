-- No row was ever written: pictures get a step, a kind and their labels.
DROP TABLE "TrainingSamplePicture";

CREATE TYPE "LogLevel" AS ENUM ('INFO', 'WARNING', 'ERROR');
CREATE TYPE "TrainingPictureKind" AS ENUM ('SAMPLE', 'PREDICTION');

ALTER TABLE "TrainingRun" ADD COLUMN "checkpointStep" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "inputsHash" TEXT;
UPDATE "TrainingRun" SET "checkpointStep" = "step" WHERE "checkpointKey" IS NOT NULL;
CREATE INDEX "TrainingRun_inputsHash_idx" ON "TrainingRun"("inputsHash");

ALTER TABLE "ModelVersion" ADD COLUMN "stageReason" TEXT,
ADD COLUMN "stagedById" UUID,
ADD COLUMN "stagedAt" TIMESTAMPTZ(3);

CREATE TABLE "TrainingAttempt" (
    "runId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "worker" TEXT NOT NULL,
    "fromStep" INTEGER NOT NULL,
    "step" INTEGER NOT NULL,
    "trainSeconds" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "fingerprint" JSONB NOT NULL,
    "differences" TEXT[],
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "TrainingAttempt_pkey" PRIMARY KEY ("runId","number")
);
CREATE INDEX "TrainingAttempt_startedAt_idx" ON "TrainingAttempt"("startedAt");
ALTER TABLE "TrainingAttempt" ADD CONSTRAINT "TrainingAttempt_runId_fkey" FOREIGN KEY ("runId") REFERENCES "TrainingRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "TrainingLogLine" (
    "runId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "level" "LogLevel" NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "TrainingLogLine_pkey" PRIMARY KEY ("runId","position")
);
ALTER TABLE "TrainingLogLine" ADD CONSTRAINT "TrainingLogLine_runId_fkey" FOREIGN KEY ("runId") REFERENCES "TrainingRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "TrainingSamplePicture" (
    "runId" UUID NOT NULL,
    "kind" "TrainingPictureKind" NOT NULL,
    "step" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "pictureKey" TEXT NOT NULL,
    "labelsKey" TEXT NOT NULL,
    "predictionKey" TEXT,

    CONSTRAINT "TrainingSamplePicture_pkey" PRIMARY KEY ("runId","kind","step","position")
);
ALTER TABLE "TrainingSamplePicture" ADD CONSTRAINT "TrainingSamplePicture_runId_fkey" FOREIGN KEY ("runId") REFERENCES "TrainingRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "Worker" (
    "name" TEXT NOT NULL,
    "setting" TEXT NOT NULL,
    "provider" TEXT,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "heartbeatAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Worker_pkey" PRIMARY KEY ("name")
);
CREATE INDEX "Worker_heartbeatAt_idx" ON "Worker"("heartbeatAt");
