import { EmptyState } from '#ui/empty-state.tsx';
import { StepList } from '#ui/step-list.tsx';
import { paths } from '../paths.ts';
import { CreateProject } from './create-project.tsx';

/** The first look of a new lab: what this is for, the path, one button. `organization` is null for who may begin nothing. */
export function HomeEmpty({ organization }: { readonly organization: string | null }) {
  return (
    <div className="flex flex-col gap-6">
      <EmptyState
        picture={<Mixture />}
        says={
          organization === null
            ? 'You have no place in a project yet. The manager of a project, or an admin of the lab, gives you one.'
            : 'Pictures of pure cultures teach a network to tell their cells apart in mixtures. Nobody draws a cell.'
        }
        action={organization === null ? undefined : <CreateProject organization={organization} />}
      />
      {organization !== null && (
        <StepList
          label="The path of a project"
          steps={[
            { title: 'Register lines', says: 'name and colour', state: 'next', href: paths.cellLines() },
            { title: 'Add cultures', says: 'pictures of each line alone', state: 'later' },
            { title: 'Check foreground', says: 'cells found by themselves', state: 'later' },
            { title: 'Train', says: 'on artificial mixtures', state: 'later' },
            { title: 'Segment mixtures', says: 'who is where, and how many', state: 'later' },
            { title: 'Compare', says: 'models on the same images', state: 'later' },
          ]}
        />
      )}
    </div>
  );
}

const cells: readonly (readonly [x: number, y: number, kind: 0 | 1, turn: number])[] = [
  [26, 26, 0, 0],
  [70, 22, 1, 24],
  [112, 34, 0, 0],
  [158, 20, 1, -18],
  [196, 44, 0, 0],
  [40, 70, 1, 70],
  [84, 66, 0, 0],
  [132, 74, 1, 8],
  [168, 70, 0, 0],
  [208, 86, 1, -40],
  [20, 100, 0, 0],
  [100, 104, 1, -10],
  [150, 104, 0, 0],
];

/** A mixture, half as the microscope sees it, half as it is told apart. */
function Mixture() {
  return (
    <svg viewBox="0 0 228 124" className="h-31" aria-hidden="true">
      <rect width="228" height="124" rx="3" fill="#1a1a1a" />
      {cells.map(([x, y, kind, turn]) => {
        const colour = x < 114 ? '#a8a8a8' : kind === 0 ? '#56b4e9' : '#e69f00';
        return (
          <ellipse
            key={`${x} ${y}`}
            cx={x}
            cy={y}
            rx={kind === 0 ? 11 : 18}
            ry={kind === 0 ? 11 : 6}
            transform={`rotate(${turn} ${x} ${y})`}
            fill={colour}
            fillOpacity={x < 114 ? 0.25 : 0.35}
            stroke={colour}
            strokeOpacity={x < 114 ? 0.5 : 1}
            strokeWidth="1.5"
          />
        );
      })}
      <line x1="114" x2="114" y1="0" y2="124" stroke="#fff" strokeOpacity="0.5" strokeDasharray="3 3" />
    </svg>
  );
}
