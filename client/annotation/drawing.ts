import type { MarkKind, Point } from '#domain/annotation/mark';

export type Tool = Extract<MarkKind, 'pen' | 'arrow' | 'line' | 'ellipse' | 'angle'>;

const POINTS_OF: Record<Tool, number> = { pen: Number.POSITIVE_INFINITY, arrow: 2, line: 2, ellipse: 2, angle: 3 };

/** A mark in the making: by dragging, or by placing points with taps or keys. Nothing needs a drag. */
export type Drawing = {
  readonly tool: Tool;
  readonly points: readonly Point[];
  /** The points from before this press: a tap adds one to them, however much tremor moved the pointer meanwhile. */
  readonly placed: readonly Point[];
  readonly dragging: boolean;
  /** Where the next point would go: the pointer while dragging, or the cross that the arrow keys move. */
  readonly cursor: Point | null;
};

export type DrawingEvent =
  | { type: 'press'; at: Point }
  | { type: 'move'; at: Point }
  | { type: 'lift'; at: Point; travelled: boolean }
  | { type: 'nudge'; dx: number; dy: number }
  | { type: 'place' }
  | { type: 'finish' }
  | { type: 'cancel' };

type DrawingStep = { drawing: Drawing; completed: readonly Point[] | null };

export function startDrawing(tool: Tool): Drawing {
  return { tool, points: [], placed: [], dragging: false, cursor: null };
}

export function drawingStep(drawing: Drawing, event: DrawingEvent): DrawingStep {
  switch (event.type) {
    case 'press':
      return press(drawing, event.at);
    case 'move':
      return move(drawing, event.at);
    case 'lift':
      return lift(drawing, event.at, event.travelled);
    case 'nudge':
      return going({ ...drawing, cursor: nudged(drawing.cursor ?? { x: 0.5, y: 0.5 }, event.dx, event.dy) });
    case 'place':
      return place(drawing, drawing.cursor ?? { x: 0.5, y: 0.5 });
    case 'finish':
      return drawing.tool === 'pen' && drawing.points.length >= 2 ? done(drawing, drawing.points) : going(drawing);
    case 'cancel':
      return going(startDrawing(drawing.tool));
  }
}

const going = (drawing: Drawing): DrawingStep => ({ drawing, completed: null });
const done = (drawing: Drawing, completed: readonly Point[]): DrawingStep => ({
  drawing: { ...startDrawing(drawing.tool), cursor: drawing.cursor },
  completed,
});

function press(drawing: Drawing, at: Point): DrawingStep {
  const placed = drawing.points;
  const pressed = { ...drawing, placed, dragging: true };
  if (drawing.tool === 'pen') return going({ ...pressed, points: [...placed, at], cursor: null });
  return going({ ...pressed, points: placed.length === 0 ? [at] : placed, cursor: at });
}

function move(drawing: Drawing, at: Point): DrawingStep {
  if (!drawing.dragging) return going(drawing);
  return going(drawing.tool === 'pen' ? { ...drawing, points: [...drawing.points, at] } : { ...drawing, cursor: at });
}

/** A drag ends where it is lifted; a tap is one more point. */
function lift(drawing: Drawing, at: Point, travelled: boolean): DrawingStep {
  if (!drawing.dragging) return going(drawing);
  const { tool, points, placed } = drawing;
  if (tool === 'pen' && travelled) return done(drawing, points);
  return place({ ...drawing, dragging: false, points: travelled ? points : placed }, at);
}

function place(drawing: Drawing, at: Point): DrawingStep {
  const points = [...drawing.points, at];
  return points.length >= POINTS_OF[drawing.tool]
    ? done({ ...drawing, cursor: at }, points)
    : going({ ...drawing, points, cursor: at });
}

const inside = (value: number) => Math.min(1, Math.max(0, value));

function nudged(from: Point, dx: number, dy: number): Point {
  return { x: inside(from.x + dx), y: inside(from.y + dy) };
}

export function previewPoints(drawing: Drawing): readonly Point[] {
  return drawing.cursor && drawing.points.length > 0 ? [...drawing.points, drawing.cursor] : drawing.points;
}
