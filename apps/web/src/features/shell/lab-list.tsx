'use client';

import { useRouter } from 'next/navigation';
import { Menu, MenuChoice } from '#ui/menu.tsx';
import type { OpenedProps } from '#ui/on-demand.tsx';
import { paths } from '../paths.ts';
import { chooseLab } from './choose-lab.ts';
import type { Lab } from './current-lab.ts';
import { LabButton } from './lab-button.tsx';

export interface LabListProps {
  readonly labs: readonly Lab[];
  readonly current: Lab;
}

/** The labs that one is in. A cookie keeps the choice. */
export default function LabList({ labs, current, defaultOpen }: LabListProps & OpenedProps) {
  const router = useRouter();
  const choose = (id: string) => {
    chooseLab(id);
    router.push(paths.home());
    router.refresh();
  };
  return (
    <Menu align="start" defaultOpen={defaultOpen} trigger={<LabButton name={current.name} />}>
      <MenuChoice
        label="Lab"
        value={current.id}
        onChange={choose}
        choices={labs.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Menu>
  );
}
