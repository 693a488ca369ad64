import { EmptyState } from '#ui/empty-state.tsx';
import { RegisterCellLine } from './register-cell-line.tsx';

/** `organization` is null for those who may register nothing. */
export function CellLinesEmpty({ organization }: { readonly organization: string | null }) {
  return (
    <EmptyState
      picture={<PureCultures />}
      says={
        organization === null
          ? 'There is no line here that you may see. You see the lines of the projects that you have a place in.'
          : 'Register the lines that you grow, two at least: each gets a name, an origin and a colour that it keeps everywhere.'
      }
      action={organization === null ? undefined : <RegisterCellLine organization={organization} />}
    />
  );
}

/** Two pure cultures beside each other. */
function PureCultures() {
  return (
    <svg viewBox="0 0 216 96" className="h-24" aria-hidden="true">
      <rect x="0.5" y="0.5" width="103" height="95" rx="3" fill="#1a1a1a" />
      <rect x="112.5" y="0.5" width="103" height="95" rx="3" fill="#1a1a1a" />
      {[
        [22, 24, 11],
        [58, 18, 9],
        [84, 40, 12],
        [38, 56, 12],
        [70, 74, 10],
        [18, 80, 8],
      ].map(([x, y, r]) => (
        <circle
          key={`${x}`}
          cx={x}
          cy={y}
          r={r}
          fill="#56b4e9"
          fillOpacity="0.35"
          stroke="#56b4e9"
          strokeWidth="1.5"
        />
      ))}
      {[
        [138, 26, 20],
        [182, 22, -24],
        [154, 58, 64],
        [196, 66, 8],
        [134, 80, -14],
      ].map(([x, y, turn]) => (
        <ellipse
          key={`${x}`}
          cx={x}
          cy={y}
          rx="17"
          ry="5.5"
          transform={`rotate(${turn} ${x} ${y})`}
          fill="#e69f00"
          fillOpacity="0.35"
          stroke="#e69f00"
          strokeWidth="1.5"
        />
      ))}
    </svg>
  );
}
