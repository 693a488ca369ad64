'use client';

import { Checkbox } from '#ui/checkbox.tsx';

export interface MemberChoice {
  readonly id: string;
  readonly name: string;
}

/** Ticks for people of the lab; the form has their ids in `members`. */
export function MemberCheckboxes({
  members,
  chosen,
}: {
  readonly members: readonly MemberChoice[];
  readonly chosen: readonly string[];
}) {
  return (
    <fieldset>
      <legend className="font-medium text-base">People</legend>
      <div className="mt-1 max-h-60 overflow-auto rounded-ui border border-line px-2 py-0.5">
        {members.map(({ id, name }) => (
          <Checkbox key={id} name="members" value={id} label={name} defaultChecked={chosen.includes(id)} />
        ))}
      </div>
    </fieldset>
  );
}
