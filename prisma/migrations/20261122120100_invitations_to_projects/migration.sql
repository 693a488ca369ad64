-- An invitation may also give a role in one project.
ALTER TABLE "Invitation" ADD COLUMN "projectId" UUID, ADD COLUMN "projectRole" "ProjectRole";
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_projectId_fkey"
  FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_project_and_role"
  CHECK (("projectId" IS NULL) = ("projectRole" IS NULL));
CREATE INDEX "Invitation_projectId_idx" ON "Invitation"("projectId");
