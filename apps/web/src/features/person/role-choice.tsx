'use client';

import type { OrganizationRole, ProjectRole } from '#graphql/graphql.ts';
import { Field } from '#ui/field.tsx';
import { Select } from '#ui/select.tsx';
import {
  projectRoleHints,
  projectRoleNames,
  projectRoles,
  roleHints,
  roleNames,
  roles,
} from './role-words.ts';

export interface RoleChoiceProps<Role extends string> {
  readonly value: Role;
  readonly onChange: (role: Role) => void;
}

/** A role in the lab, with what it lets somebody do. */
export function RoleChoice({
  value,
  onChange,
  withOwner,
}: RoleChoiceProps<OrganizationRole> & { readonly withOwner: boolean }) {
  const offered = roles.filter((role) => withOwner || role !== 'OWNER' || role === value);
  return (
    <Field label="Role in the lab" hint={roleHints[value]} required>
      <Select value={value} onChange={(event) => onChange(event.target.value as OrganizationRole)}>
        {offered.map((role) => (
          <option key={role} value={role}>
            {roleNames[role]}
          </option>
        ))}
      </Select>
    </Field>
  );
}

/** A role in a project, with what it lets somebody do. */
export function ProjectRoleChoice({ value, onChange }: RoleChoiceProps<ProjectRole>) {
  return (
    <Field label="Role in the project" hint={projectRoleHints[value]} required>
      <Select value={value} onChange={(event) => onChange(event.target.value as ProjectRole)}>
        {projectRoles.map((role) => (
          <option key={role} value={role}>
            {projectRoleNames[role]}
          </option>
        ))}
      </Select>
    </Field>
  );
}
