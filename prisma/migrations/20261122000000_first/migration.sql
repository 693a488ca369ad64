-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "OrganizationRole" AS ENUM ('OWNER', 'ADMIN', 'MEMBER', 'GUEST');

-- CreateEnum
CREATE TYPE "ProjectRole" AS ENUM ('MANAGER', 'EDITOR', 'VIEWER');

-- CreateEnum
CREATE TYPE "CellLineKind" AS ENUM ('CELL_LINE', 'PRIMARY', 'OTHER');

-- CreateEnum
CREATE TYPE "Growth" AS ENUM ('ADHERENT', 'SUSPENSION', 'MIXED', 'UNKNOWN');

-- CreateEnum
CREATE TYPE "ControlRole" AS ENUM ('NONE', 'PURE', 'UNTREATED', 'BLANK');

-- CreateEnum
CREATE TYPE "Modality" AS ENUM ('PHASE_CONTRAST', 'BRIGHTFIELD', 'DIC', 'FLUORESCENCE', 'STAINED');

-- CreateEnum
CREATE TYPE "UploadStatus" AS ENUM ('OPEN', 'COMPLETED', 'ABORTED');

-- CreateEnum
CREATE TYPE "ImageStatus" AS ENUM ('INGESTING', 'READY', 'FAILED');

-- CreateEnum
CREATE TYPE "ForegroundDecision" AS ENUM ('FOUND', 'TUNED', 'ACCEPTED', 'REJECTED');

-- CreateEnum
CREATE TYPE "AnnotationKind" AS ENUM ('CLASS_MAP', 'INSTANCE_MAP', 'TAGGED_CHANNEL');

-- CreateEnum
CREATE TYPE "ShareStatus" AS ENUM ('OFFERED', 'ACCEPTED', 'REVOKED');

-- CreateEnum
CREATE TYPE "RunStatus" AS ENUM ('QUEUED', 'RUNNING', 'CANCELLING', 'SUCCEEDED', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "TrainingMethod" AS ENUM ('CELLMIXER', 'BASELINE');

-- CreateEnum
CREATE TYPE "ModelStage" AS ENUM ('CANDIDATE', 'ACCEPTED', 'ARCHIVED');

-- CreateEnum
CREATE TYPE "JobKind" AS ENUM ('INGEST', 'FOREGROUND', 'TRAIN', 'SEGMENT', 'EVALUATE', 'COMPARE', 'SWEEP');

-- CreateTable
CREATE TABLE "User" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "emailVerified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "operator" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "token" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "ipAddress" TEXT,
    "userAgent" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Account" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "accountId" TEXT NOT NULL,
    "providerId" TEXT NOT NULL,
    "accessToken" TEXT,
    "refreshToken" TEXT,
    "idToken" TEXT,
    "accessTokenExpiresAt" TIMESTAMPTZ(3),
    "refreshTokenExpiresAt" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Verification" (
    "id" UUID NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Organization" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "quotaBytes" BIGINT NOT NULL DEFAULT 107374182400,
    "usedBytes" BIGINT NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Member" (
    "id" UUID NOT NULL,
    "organizationId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "role" "OrganizationRole" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Team" (
    "id" UUID NOT NULL,
    "organizationId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TeamMember" (
    "teamId" UUID NOT NULL,
    "memberId" UUID NOT NULL,

    CONSTRAINT "TeamMember_pkey" PRIMARY KEY ("teamId","memberId")
);

-- CreateTable
CREATE TABLE "Invitation" (
    "id" UUID NOT NULL,
    "organizationId" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" "OrganizationRole" NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "invitedById" UUID NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "acceptedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CellLine" (
    "id" UUID NOT NULL,
    "organizationId" UUID NOT NULL,
    "kind" "CellLineKind" NOT NULL DEFAULT 'CELL_LINE',
    "name" TEXT NOT NULL,
    "accession" TEXT,
    "species" TEXT,
    "tissue" TEXT,
    "disease" TEXT,
    "growth" "Growth" NOT NULL DEFAULT 'UNKNOWN',
    "parentId" UUID,
    "modification" TEXT,
    "donor" TEXT,
    "colour" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "CellLine_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Project" (
    "id" UUID NOT NULL,
    "organizationId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProjectGrant" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "memberId" UUID,
    "teamId" UUID,
    "role" "ProjectRole" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ProjectGrant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Sample" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "plate" TEXT,
    "well" TEXT,
    "replicate" TEXT,
    "passage" INTEGER,
    "treatment" TEXT,
    "dose" DOUBLE PRECISION,
    "doseUnit" TEXT,
    "timePoint" DOUBLE PRECISION,
    "control" "ControlRole" NOT NULL DEFAULT 'NONE',
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Sample_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SampleLine" (
    "sampleId" UUID NOT NULL,
    "cellLineId" UUID NOT NULL,
    "fraction" DOUBLE PRECISION,

    CONSTRAINT "SampleLine_pkey" PRIMARY KEY ("sampleId","cellLineId")
);

-- CreateTable
CREATE TABLE "Dataset" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "modality" "Modality" NOT NULL,
    "pixelSizeUm" DOUBLE PRECISION,
    "filenamePattern" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Dataset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Upload" (
    "id" UUID NOT NULL,
    "datasetId" UUID NOT NULL,
    "sampleId" UUID,
    "fileName" TEXT NOT NULL,
    "contentType" TEXT NOT NULL,
    "sizeBytes" BIGINT NOT NULL,
    "checksum" TEXT,
    "multipartId" TEXT,
    "status" "UploadStatus" NOT NULL DEFAULT 'OPEN',
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Upload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Image" (
    "id" UUID NOT NULL,
    "datasetId" UUID NOT NULL,
    "sampleId" UUID,
    "uploadId" UUID,
    "name" TEXT NOT NULL,
    "status" "ImageStatus" NOT NULL DEFAULT 'INGESTING',
    "errorCode" TEXT,
    "errorMessage" TEXT,
    "checksum" TEXT,
    "sizeBytes" BIGINT NOT NULL,
    "width" INTEGER,
    "height" INTEGER,
    "channels" INTEGER,
    "depth" INTEGER,
    "pixelSizeUm" DOUBLE PRECISION,
    "acquiredAt" TIMESTAMPTZ(3),
    "originalKey" TEXT,
    "pyramidKey" TEXT,
    "thumbnailKey" TEXT,
    "background" JSONB,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" TIMESTAMPTZ(3),
    "purgedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Image_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Foreground" (
    "id" UUID NOT NULL,
    "imageId" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "parameters" JSONB NOT NULL,
    "quality" JSONB NOT NULL,
    "coverage" DOUBLE PRECISION NOT NULL,
    "confluent" BOOLEAN NOT NULL,
    "decision" "ForegroundDecision" NOT NULL DEFAULT 'FOUND',
    "maskKey" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decidedById" UUID,
    "decidedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Foreground_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Annotation" (
    "id" UUID NOT NULL,
    "imageId" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "kind" "AnnotationKind" NOT NULL,
    "classes" JSONB NOT NULL,
    "objectKey" TEXT NOT NULL,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Annotation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DatasetVersion" (
    "id" UUID NOT NULL,
    "datasetId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "DatasetVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DatasetVersionItem" (
    "id" UUID NOT NULL,
    "versionId" UUID NOT NULL,
    "imageId" UUID NOT NULL,
    "checksum" TEXT NOT NULL,
    "cellLineId" UUID,
    "lineName" TEXT,
    "lineAccession" TEXT,
    "foregroundId" UUID,
    "annotationRevision" INTEGER,
    "sampleName" TEXT,
    "replicate" TEXT,
    "passage" INTEGER,

    CONSTRAINT "DatasetVersionItem_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DatasetShare" (
    "id" UUID NOT NULL,
    "datasetId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "status" "ShareStatus" NOT NULL DEFAULT 'OFFERED',
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "acceptedById" UUID,
    "acceptedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "DatasetShare_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ReviewerLink" (
    "id" UUID NOT NULL,
    "datasetId" UUID NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ReviewerLink_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TrainingRun" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "method" "TrainingMethod" NOT NULL DEFAULT 'CELLMIXER',
    "baselineOfId" UUID,
    "preset" TEXT NOT NULL,
    "steps" INTEGER NOT NULL,
    "seed" INTEGER NOT NULL,
    "settings" JSONB NOT NULL,
    "status" "RunStatus" NOT NULL DEFAULT 'QUEUED',
    "step" INTEGER NOT NULL DEFAULT 0,
    "secondsLeft" DOUBLE PRECISION,
    "checkpointKey" TEXT,
    "errorCode" TEXT,
    "errorMessage" TEXT,
    "errorCure" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "TrainingRun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TrainingClass" (
    "id" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "colour" TEXT NOT NULL,

    CONSTRAINT "TrainingClass_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TrainingSource" (
    "id" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "versionId" UUID NOT NULL,
    "cellLineId" UUID NOT NULL,
    "classId" UUID NOT NULL,

    CONSTRAINT "TrainingSource_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TrainingMetric" (
    "runId" UUID NOT NULL,
    "step" INTEGER NOT NULL,
    "loss" DOUBLE PRECISION,
    "foregroundLoss" DOUBLE PRECISION,
    "typeLoss" DOUBLE PRECISION,
    "learningRate" DOUBLE PRECISION,
    "miou" DOUBLE PRECISION,
    "foregroundIou" DOUBLE PRECISION,
    "typeAccuracy" DOUBLE PRECISION,

    CONSTRAINT "TrainingMetric_pkey" PRIMARY KEY ("runId","step")
);

-- CreateTable
CREATE TABLE "TrainingSamplePicture" (
    "runId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "objectKey" TEXT NOT NULL,

    CONSTRAINT "TrainingSamplePicture_pkey" PRIMARY KEY ("runId","position")
);

-- CreateTable
CREATE TABLE "Model" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Model_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ModelVersion" (
    "id" UUID NOT NULL,
    "modelId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "trainingRunId" UUID,
    "stage" "ModelStage" NOT NULL DEFAULT 'CANDIDATE',
    "classes" TEXT[],
    "colours" TEXT[],
    "calibration" JSONB NOT NULL,
    "card" JSONB NOT NULL,
    "objectKey" TEXT NOT NULL,
    "sizeBytes" BIGINT NOT NULL,
    "checksum" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ModelVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SegmentationRun" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "modelVersionId" UUID NOT NULL,
    "datasetVersionId" UUID NOT NULL,
    "settings" JSONB NOT NULL,
    "settingsHash" TEXT NOT NULL,
    "status" "RunStatus" NOT NULL DEFAULT 'QUEUED',
    "total" INTEGER NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "SegmentationRun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SegmentationRunItem" (
    "runId" UUID NOT NULL,
    "segmentationId" UUID NOT NULL,

    CONSTRAINT "SegmentationRunItem_pkey" PRIMARY KEY ("runId","segmentationId")
);

-- CreateTable
CREATE TABLE "Segmentation" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "imageId" UUID NOT NULL,
    "modelVersionId" UUID NOT NULL,
    "settings" JSONB NOT NULL,
    "settingsHash" TEXT NOT NULL,
    "status" "RunStatus" NOT NULL DEFAULT 'QUEUED',
    "errorCode" TEXT,
    "errorMessage" TEXT,
    "classMapKey" TEXT,
    "instancesKey" TEXT,
    "cellsKey" TEXT,
    "overlayKey" TEXT,
    "cellCount" INTEGER,
    "composition" JSONB,
    "uncertainty" DOUBLE PRECISION,
    "warnings" TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Segmentation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Correction" (
    "id" UUID NOT NULL,
    "segmentationId" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "cells" JSONB NOT NULL,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Correction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Evaluation" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "modelVersionId" UUID NOT NULL,
    "datasetVersionId" UUID NOT NULL,
    "status" "RunStatus" NOT NULL DEFAULT 'QUEUED',
    "images" INTEGER NOT NULL DEFAULT 0,
    "metrics" JSONB,
    "reportKey" TEXT,
    "errorCode" TEXT,
    "errorMessage" TEXT,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Evaluation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Comparison" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "datasetVersionId" UUID NOT NULL,
    "results" JSONB,
    "acceptedVersionId" UUID,
    "acceptedById" UUID,
    "acceptedAt" TIMESTAMPTZ(3),
    "acceptedWhy" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Comparison_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ComparisonEntry" (
    "comparisonId" UUID NOT NULL,
    "modelVersionId" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "ComparisonEntry_pkey" PRIMARY KEY ("comparisonId","modelVersionId")
);

-- CreateTable
CREATE TABLE "Job" (
    "id" UUID NOT NULL,
    "organizationId" UUID,
    "projectId" UUID,
    "kind" "JobKind" NOT NULL,
    "subjectId" UUID,
    "payload" JSONB NOT NULL,
    "status" "RunStatus" NOT NULL DEFAULT 'QUEUED',
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "fruitless" INTEGER NOT NULL DEFAULT 0,
    "worker" TEXT,
    "heartbeatAt" TIMESTAMPTZ(3),
    "progressDone" INTEGER NOT NULL DEFAULT 0,
    "progressTotal" INTEGER NOT NULL DEFAULT 0,
    "secondsLeft" DOUBLE PRECISION,
    "errorCode" TEXT,
    "errorMessage" TEXT,
    "errorCure" TEXT,
    "createdById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "id" UUID NOT NULL,
    "organizationId" UUID,
    "projectId" UUID,
    "userId" UUID,
    "apiKeyId" UUID,
    "action" TEXT NOT NULL,
    "subjectType" TEXT NOT NULL,
    "subjectId" UUID,
    "details" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApiKey" (
    "id" UUID NOT NULL,
    "organizationId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "projectId" UUID,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "scopes" TEXT[],
    "expiresAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),
    "lastUsedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ApiKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Notification" (
    "id" UUID NOT NULL,
    "organizationId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subjectType" TEXT NOT NULL,
    "subjectId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "readAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Notification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IdempotencyKey" (
    "actor" TEXT NOT NULL,
    "mutation" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "inputHash" TEXT NOT NULL,
    "result" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "IdempotencyKey_pkey" PRIMARY KEY ("actor","mutation","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE UNIQUE INDEX "Session_token_key" ON "Session"("token");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

-- CreateIndex
CREATE INDEX "Account_userId_idx" ON "Account"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Account_providerId_accountId_key" ON "Account"("providerId", "accountId");

-- CreateIndex
CREATE INDEX "Verification_identifier_idx" ON "Verification"("identifier");

-- CreateIndex
CREATE INDEX "Member_userId_idx" ON "Member"("userId");

-- CreateIndex
CREATE INDEX "Member_organizationId_createdAt_id_idx" ON "Member"("organizationId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Member_organizationId_userId_key" ON "Member"("organizationId", "userId");

-- CreateIndex
CREATE INDEX "Team_organizationId_createdAt_id_idx" ON "Team"("organizationId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Team_organizationId_name_key" ON "Team"("organizationId", "name");

-- CreateIndex
CREATE INDEX "TeamMember_memberId_idx" ON "TeamMember"("memberId");

-- CreateIndex
CREATE UNIQUE INDEX "Invitation_tokenHash_key" ON "Invitation"("tokenHash");

-- CreateIndex
CREATE INDEX "Invitation_organizationId_createdAt_id_idx" ON "Invitation"("organizationId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "CellLine_organizationId_createdAt_id_idx" ON "CellLine"("organizationId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "CellLine_parentId_idx" ON "CellLine"("parentId");

-- CreateIndex
CREATE INDEX "Project_organizationId_createdAt_id_idx" ON "Project"("organizationId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "ProjectGrant_memberId_idx" ON "ProjectGrant"("memberId");

-- CreateIndex
CREATE INDEX "ProjectGrant_teamId_idx" ON "ProjectGrant"("teamId");

-- CreateIndex
CREATE UNIQUE INDEX "ProjectGrant_projectId_memberId_key" ON "ProjectGrant"("projectId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "ProjectGrant_projectId_teamId_key" ON "ProjectGrant"("projectId", "teamId");

-- CreateIndex
CREATE INDEX "Sample_projectId_createdAt_id_idx" ON "Sample"("projectId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Sample_projectId_name_key" ON "Sample"("projectId", "name");

-- CreateIndex
CREATE INDEX "SampleLine_cellLineId_idx" ON "SampleLine"("cellLineId");

-- CreateIndex
CREATE INDEX "Dataset_projectId_createdAt_id_idx" ON "Dataset"("projectId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Upload_datasetId_createdAt_id_idx" ON "Upload"("datasetId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Upload_status_expiresAt_idx" ON "Upload"("status", "expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "Image_uploadId_key" ON "Image"("uploadId");

-- CreateIndex
CREATE INDEX "Image_datasetId_createdAt_id_idx" ON "Image"("datasetId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Image_sampleId_createdAt_id_idx" ON "Image"("sampleId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Image_checksum_idx" ON "Image"("checksum");

-- CreateIndex
CREATE UNIQUE INDEX "Foreground_imageId_revision_key" ON "Foreground"("imageId", "revision");

-- CreateIndex
CREATE UNIQUE INDEX "Annotation_imageId_revision_key" ON "Annotation"("imageId", "revision");

-- CreateIndex
CREATE INDEX "DatasetVersion_datasetId_createdAt_id_idx" ON "DatasetVersion"("datasetId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "DatasetVersion_datasetId_number_key" ON "DatasetVersion"("datasetId", "number");

-- CreateIndex
CREATE INDEX "DatasetVersionItem_imageId_idx" ON "DatasetVersionItem"("imageId");

-- CreateIndex
CREATE INDEX "DatasetVersionItem_cellLineId_idx" ON "DatasetVersionItem"("cellLineId");

-- CreateIndex
CREATE INDEX "DatasetVersionItem_foregroundId_idx" ON "DatasetVersionItem"("foregroundId");

-- CreateIndex
CREATE UNIQUE INDEX "DatasetVersionItem_versionId_imageId_key" ON "DatasetVersionItem"("versionId", "imageId");

-- CreateIndex
CREATE INDEX "DatasetShare_projectId_createdAt_id_idx" ON "DatasetShare"("projectId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "DatasetShare_datasetId_projectId_key" ON "DatasetShare"("datasetId", "projectId");

-- CreateIndex
CREATE UNIQUE INDEX "ReviewerLink_tokenHash_key" ON "ReviewerLink"("tokenHash");

-- CreateIndex
CREATE INDEX "ReviewerLink_datasetId_createdAt_id_idx" ON "ReviewerLink"("datasetId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "TrainingRun_baselineOfId_key" ON "TrainingRun"("baselineOfId");

-- CreateIndex
CREATE INDEX "TrainingRun_projectId_createdAt_id_idx" ON "TrainingRun"("projectId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "TrainingRun_status_idx" ON "TrainingRun"("status");

-- CreateIndex
CREATE UNIQUE INDEX "TrainingClass_runId_position_key" ON "TrainingClass"("runId", "position");

-- CreateIndex
CREATE UNIQUE INDEX "TrainingClass_runId_name_key" ON "TrainingClass"("runId", "name");

-- CreateIndex
CREATE INDEX "TrainingSource_versionId_idx" ON "TrainingSource"("versionId");

-- CreateIndex
CREATE INDEX "TrainingSource_cellLineId_idx" ON "TrainingSource"("cellLineId");

-- CreateIndex
CREATE INDEX "TrainingSource_classId_idx" ON "TrainingSource"("classId");

-- CreateIndex
CREATE UNIQUE INDEX "TrainingSource_runId_versionId_cellLineId_key" ON "TrainingSource"("runId", "versionId", "cellLineId");

-- CreateIndex
CREATE INDEX "Model_projectId_createdAt_id_idx" ON "Model"("projectId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ModelVersion_trainingRunId_key" ON "ModelVersion"("trainingRunId");

-- CreateIndex
CREATE INDEX "ModelVersion_modelId_createdAt_id_idx" ON "ModelVersion"("modelId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ModelVersion_modelId_number_key" ON "ModelVersion"("modelId", "number");

-- CreateIndex
CREATE INDEX "SegmentationRun_projectId_createdAt_id_idx" ON "SegmentationRun"("projectId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "SegmentationRun_modelVersionId_idx" ON "SegmentationRun"("modelVersionId");

-- CreateIndex
CREATE INDEX "SegmentationRun_datasetVersionId_idx" ON "SegmentationRun"("datasetVersionId");

-- CreateIndex
CREATE INDEX "SegmentationRunItem_segmentationId_idx" ON "SegmentationRunItem"("segmentationId");

-- CreateIndex
CREATE INDEX "Segmentation_projectId_createdAt_id_idx" ON "Segmentation"("projectId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Segmentation_imageId_createdAt_id_idx" ON "Segmentation"("imageId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Segmentation_modelVersionId_idx" ON "Segmentation"("modelVersionId");

-- CreateIndex
CREATE UNIQUE INDEX "Segmentation_projectId_imageId_modelVersionId_settingsHash_key" ON "Segmentation"("projectId", "imageId", "modelVersionId", "settingsHash");

-- CreateIndex
CREATE UNIQUE INDEX "Correction_segmentationId_revision_key" ON "Correction"("segmentationId", "revision");

-- CreateIndex
CREATE INDEX "Evaluation_projectId_createdAt_id_idx" ON "Evaluation"("projectId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Evaluation_modelVersionId_idx" ON "Evaluation"("modelVersionId");

-- CreateIndex
CREATE UNIQUE INDEX "Evaluation_projectId_modelVersionId_datasetVersionId_key" ON "Evaluation"("projectId", "modelVersionId", "datasetVersionId");

-- CreateIndex
CREATE INDEX "Comparison_projectId_createdAt_id_idx" ON "Comparison"("projectId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "ComparisonEntry_modelVersionId_idx" ON "ComparisonEntry"("modelVersionId");

-- CreateIndex
CREATE INDEX "Job_organizationId_createdAt_id_idx" ON "Job"("organizationId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Job_projectId_createdAt_id_idx" ON "Job"("projectId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Job_subjectId_idx" ON "Job"("subjectId");

-- CreateIndex
CREATE INDEX "Job_status_heartbeatAt_idx" ON "Job"("status", "heartbeatAt");

-- CreateIndex
CREATE INDEX "AuditEvent_organizationId_createdAt_id_idx" ON "AuditEvent"("organizationId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "AuditEvent_projectId_createdAt_id_idx" ON "AuditEvent"("projectId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ApiKey_hash_key" ON "ApiKey"("hash");

-- CreateIndex
CREATE INDEX "ApiKey_organizationId_createdAt_id_idx" ON "ApiKey"("organizationId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "ApiKey_userId_idx" ON "ApiKey"("userId");

-- CreateIndex
CREATE INDEX "Notification_userId_createdAt_id_idx" ON "Notification"("userId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "IdempotencyKey_createdAt_idx" ON "IdempotencyKey"("createdAt");

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Account" ADD CONSTRAINT "Account_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Member" ADD CONSTRAINT "Member_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Member" ADD CONSTRAINT "Member_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Team" ADD CONSTRAINT "Team_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TeamMember" ADD CONSTRAINT "TeamMember_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TeamMember" ADD CONSTRAINT "TeamMember_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CellLine" ADD CONSTRAINT "CellLine_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CellLine" ADD CONSTRAINT "CellLine_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "CellLine"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Project" ADD CONSTRAINT "Project_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProjectGrant" ADD CONSTRAINT "ProjectGrant_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProjectGrant" ADD CONSTRAINT "ProjectGrant_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProjectGrant" ADD CONSTRAINT "ProjectGrant_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Sample" ADD CONSTRAINT "Sample_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SampleLine" ADD CONSTRAINT "SampleLine_sampleId_fkey" FOREIGN KEY ("sampleId") REFERENCES "Sample"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SampleLine" ADD CONSTRAINT "SampleLine_cellLineId_fkey" FOREIGN KEY ("cellLineId") REFERENCES "CellLine"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Dataset" ADD CONSTRAINT "Dataset_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Upload" ADD CONSTRAINT "Upload_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Image" ADD CONSTRAINT "Image_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Image" ADD CONSTRAINT "Image_sampleId_fkey" FOREIGN KEY ("sampleId") REFERENCES "Sample"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Image" ADD CONSTRAINT "Image_uploadId_fkey" FOREIGN KEY ("uploadId") REFERENCES "Upload"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Foreground" ADD CONSTRAINT "Foreground_imageId_fkey" FOREIGN KEY ("imageId") REFERENCES "Image"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Annotation" ADD CONSTRAINT "Annotation_imageId_fkey" FOREIGN KEY ("imageId") REFERENCES "Image"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DatasetVersion" ADD CONSTRAINT "DatasetVersion_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DatasetVersionItem" ADD CONSTRAINT "DatasetVersionItem_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "DatasetVersion"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DatasetVersionItem" ADD CONSTRAINT "DatasetVersionItem_imageId_fkey" FOREIGN KEY ("imageId") REFERENCES "Image"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DatasetVersionItem" ADD CONSTRAINT "DatasetVersionItem_cellLineId_fkey" FOREIGN KEY ("cellLineId") REFERENCES "CellLine"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DatasetVersionItem" ADD CONSTRAINT "DatasetVersionItem_foregroundId_fkey" FOREIGN KEY ("foregroundId") REFERENCES "Foreground"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DatasetShare" ADD CONSTRAINT "DatasetShare_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DatasetShare" ADD CONSTRAINT "DatasetShare_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReviewerLink" ADD CONSTRAINT "ReviewerLink_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TrainingRun" ADD CONSTRAINT "TrainingRun_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TrainingRun" ADD CONSTRAINT "TrainingRun_baselineOfId_fkey" FOREIGN KEY ("baselineOfId") REFERENCES "TrainingRun"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TrainingClass" ADD CONSTRAINT "TrainingClass_runId_fkey" FOREIGN KEY ("runId") REFERENCES "TrainingRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TrainingSource" ADD CONSTRAINT "TrainingSource_runId_fkey" FOREIGN KEY ("runId") REFERENCES "TrainingRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TrainingSource" ADD CONSTRAINT "TrainingSource_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "DatasetVersion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TrainingSource" ADD CONSTRAINT "TrainingSource_cellLineId_fkey" FOREIGN KEY ("cellLineId") REFERENCES "CellLine"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TrainingSource" ADD CONSTRAINT "TrainingSource_classId_fkey" FOREIGN KEY ("classId") REFERENCES "TrainingClass"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TrainingMetric" ADD CONSTRAINT "TrainingMetric_runId_fkey" FOREIGN KEY ("runId") REFERENCES "TrainingRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TrainingSamplePicture" ADD CONSTRAINT "TrainingSamplePicture_runId_fkey" FOREIGN KEY ("runId") REFERENCES "TrainingRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Model" ADD CONSTRAINT "Model_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ModelVersion" ADD CONSTRAINT "ModelVersion_modelId_fkey" FOREIGN KEY ("modelId") REFERENCES "Model"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ModelVersion" ADD CONSTRAINT "ModelVersion_trainingRunId_fkey" FOREIGN KEY ("trainingRunId") REFERENCES "TrainingRun"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SegmentationRun" ADD CONSTRAINT "SegmentationRun_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SegmentationRun" ADD CONSTRAINT "SegmentationRun_modelVersionId_fkey" FOREIGN KEY ("modelVersionId") REFERENCES "ModelVersion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SegmentationRun" ADD CONSTRAINT "SegmentationRun_datasetVersionId_fkey" FOREIGN KEY ("datasetVersionId") REFERENCES "DatasetVersion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SegmentationRunItem" ADD CONSTRAINT "SegmentationRunItem_runId_fkey" FOREIGN KEY ("runId") REFERENCES "SegmentationRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SegmentationRunItem" ADD CONSTRAINT "SegmentationRunItem_segmentationId_fkey" FOREIGN KEY ("segmentationId") REFERENCES "Segmentation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Segmentation" ADD CONSTRAINT "Segmentation_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Segmentation" ADD CONSTRAINT "Segmentation_imageId_fkey" FOREIGN KEY ("imageId") REFERENCES "Image"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Segmentation" ADD CONSTRAINT "Segmentation_modelVersionId_fkey" FOREIGN KEY ("modelVersionId") REFERENCES "ModelVersion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Correction" ADD CONSTRAINT "Correction_segmentationId_fkey" FOREIGN KEY ("segmentationId") REFERENCES "Segmentation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Evaluation" ADD CONSTRAINT "Evaluation_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Evaluation" ADD CONSTRAINT "Evaluation_modelVersionId_fkey" FOREIGN KEY ("modelVersionId") REFERENCES "ModelVersion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Comparison" ADD CONSTRAINT "Comparison_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ComparisonEntry" ADD CONSTRAINT "ComparisonEntry_comparisonId_fkey" FOREIGN KEY ("comparisonId") REFERENCES "Comparison"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ComparisonEntry" ADD CONSTRAINT "ComparisonEntry_modelVersionId_fkey" FOREIGN KEY ("modelVersionId") REFERENCES "ModelVersion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Job" ADD CONSTRAINT "Job_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Job" ADD CONSTRAINT "Job_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuditEvent" ADD CONSTRAINT "AuditEvent_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Notification" ADD CONSTRAINT "Notification_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Notification" ADD CONSTRAINT "Notification_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;



-- What Prisma's schema cannot say.
ALTER TABLE "CellLine" ADD CONSTRAINT "CellLine_accession_check" CHECK ("accession" ~ '^CVCL_[A-Z0-9]{4}$');
ALTER TABLE "CellLine" ADD CONSTRAINT "CellLine_colour_check" CHECK ("colour" ~ '^#[0-9a-f]{6}$');
ALTER TABLE "CellLine" ADD CONSTRAINT "CellLine_parent_check" CHECK ("parentId" <> "id");
-- A name is free again once its line is deleted.
CREATE UNIQUE INDEX "CellLine_name_key" ON "CellLine" ("organizationId", lower("name")) WHERE "deletedAt" IS NULL;
ALTER TABLE "ProjectGrant" ADD CONSTRAINT "ProjectGrant_holder_check" CHECK (num_nonnulls("memberId", "teamId") = 1);
ALTER TABLE "SampleLine" ADD CONSTRAINT "SampleLine_fraction_check" CHECK ("fraction" BETWEEN 0 AND 1);
ALTER TABLE "Upload" ADD CONSTRAINT "Upload_size_check" CHECK ("sizeBytes" > 0);
ALTER TABLE "Image" ADD CONSTRAINT "Image_size_check" CHECK ("sizeBytes" > 0 AND "width" > 0 AND "height" > 0 AND "channels" > 0);
ALTER TABLE "Image" ADD CONSTRAINT "Image_ready_check"
  CHECK ("status" <> 'READY' OR num_nulls("checksum", "width", "height", "channels", "originalKey") = 0);
ALTER TABLE "Foreground" ADD CONSTRAINT "Foreground_coverage_check" CHECK ("coverage" BETWEEN 0 AND 1);
ALTER TABLE "TrainingRun" ADD CONSTRAINT "TrainingRun_steps_check" CHECK ("steps" BETWEEN 1 AND 1000000 AND "step" BETWEEN 0 AND 1000000);
ALTER TABLE "SegmentationRun" ADD CONSTRAINT "SegmentationRun_counts_check" CHECK ("done" + "failed" <= "total");
ALTER TABLE "Segmentation" ADD CONSTRAINT "Segmentation_done_check"
  CHECK ("status" <> 'SUCCEEDED' OR num_nulls("classMapKey", "instancesKey", "cellsKey", "composition") = 0);
ALTER TABLE "Job" ADD CONSTRAINT "Job_progress_check" CHECK ("progressDone" >= 0 AND "progressTotal" >= 0 AND "attempt" >= 0);
ALTER TABLE "Organization" ADD CONSTRAINT "Organization_bytes_check" CHECK ("usedBytes" >= 0 AND "quotaBytes" >= 0);
