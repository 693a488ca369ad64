/** The portal's mark: two kinds of cells, one overlap. */
export function Mark() {
  return (
    <svg viewBox="0 0 24 24" className="size-6" aria-hidden="true">
      <circle cx="9" cy="9.5" r="6.5" fill="none" stroke="currentColor" strokeWidth="1.75" />
      <circle
        cx="15"
        cy="14.5"
        r="6.5"
        fill="currentColor"
        fillOpacity="0.18"
        stroke="currentColor"
        strokeWidth="1.75"
      />
    </svg>
  );
}
