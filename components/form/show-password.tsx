/** What was typed can be read: with one hand and a small keyboard, dots hide the slip. */
export function ShowPassword({
  label,
  shown,
  onChange,
}: {
  label: string;
  shown: boolean;
  onChange: (shown: boolean) => void;
}) {
  return (
    <label className="flex min-h-12 items-center gap-3">
      <input type="checkbox" className="size-6" checked={shown} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}
