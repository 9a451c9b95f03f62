import type { CSSProperties } from 'react';
import type { ShownView } from '#client/annotation/use-view-box';
import type { ErrorTagMark, Point } from '#domain/annotation/mark';
import type { CommittedMark } from '#domain/annotation/state';

type TagLabelsProps = {
  view: ShownView;
  marks: readonly CommittedMark[];
  tagWords(code: string): string | null;
};

const GAP_PX = 24;

/** What to do next time, beside its place on the hand; without a place at the picture's upper edge. */
export function TagLabels({ view, marks, tagWords }: TagLabelsProps) {
  const tags = marks.flatMap(({ mark }) => (mark.kind === 'error_tag' ? mark : []));
  const placeless = tags.filter((tag) => !tag.point);
  const corner = view.transform.toView({ x: 0, y: 0 });
  return (
    <>
      {tags.map((tag) => (
        <TagLabel key={tag.markId} tag={tag} view={view} tagWords={tagWords} />
      ))}
      {placeless.length > 0 ? (
        <div
          aria-hidden="true"
          className="pointer-events-none absolute grid justify-items-start gap-2"
          style={{ left: Math.max(corner.x, 0) + 12, top: Math.max(corner.y, 0) + 12, maxWidth: view.width * 0.8 }}
        >
          {placeless.map((tag) => (
            <span key={tag.markId} className="mark-label tag static">
              {tagWords(tag.code)}
            </span>
          ))}
        </div>
      ) : null}
    </>
  );
}

type OneLabel = Omit<TagLabelsProps, 'marks'> & { tag: ErrorTagMark };

function TagLabel({ tag, view, tagWords }: OneLabel) {
  if (!tag.point) return null;
  return (
    <span aria-hidden="true" className="mark-label tag pointer-events-none" style={besideOf(tag.point, view)}>
      {tagWords(tag.code)}
    </span>
  );
}

/** On the side with more room, so that the words stay inside and the place stays free. */
function besideOf(point: Point, { transform, width }: ShownView): CSSProperties {
  const at = transform.toView(point);
  const top = Math.max(at.y - 20, 8);
  return at.x > width / 2
    ? { right: width - at.x + GAP_PX, top, maxWidth: at.x - GAP_PX - 8 }
    : { left: at.x + GAP_PX, top, maxWidth: width - at.x - GAP_PX - 8 };
}
