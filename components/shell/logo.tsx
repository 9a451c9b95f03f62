/** A half-bent finger that is also an r. */
export function Logo({ size = 30, plain = false }: { size?: number; plain?: boolean }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true">
      <path
        d="M9 27.6 L9 14.6 L18.6 8.4 L25 11"
        stroke={plain ? '#fff' : 'var(--logo-stem)'}
        strokeWidth="8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx="24.6" cy="10.9" r="2.6" fill={plain ? '#45279b' : 'var(--logo-dot)'} />
    </svg>
  );
}
