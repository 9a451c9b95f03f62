/** The sign of a stop: filled, with the two bars of a pause. */
export function StopSign({ size }: { size: number }) {
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" className="shrink-0">
      <path d="M7.6 1.5h8.8l6.1 6.1v8.8l-6.1 6.1H7.6l-6.1-6.1V7.6z" fill="var(--stop)" />
      <path d="M9.3 8.4v7.2M14.7 8.4v7.2" stroke="var(--surface)" strokeWidth="2.4" strokeLinecap="round" />
    </svg>
  );
}
