'use client';

import { ArrowUpRight, Eraser, PenLine, Triangle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Tool } from '#client/drawing';
import type { VisitStage } from '#client/visit-stage';
import { visibleMarks } from '#domain/annotation-state';

export const TOOLS = [
  { tool: 'pen', icon: PenLine },
  { tool: 'arrow', icon: ArrowUpRight },
  { tool: 'angle', icon: Triangle },
] as const satisfies readonly { tool: Tool; icon: unknown }[];

/** Draws nothing itself: which tool the stage has in hand. The one in use is white. */
export function ToolBar({
  tool,
  onTool,
  stage,
}: {
  tool: Tool | null;
  onTool(tool: Tool | null): void;
  stage: VisitStage | null;
}) {
  const t = useTranslations('visit.tool');
  function clear() {
    const marks = stage ? visibleMarks(stage.snapshot().annotations) : [];
    stage?.remove(marks.map(({ mark }) => mark.markId).slice(-256));
  }
  return (
    <div
      role="toolbar"
      aria-label={t('label')}
      aria-orientation="vertical"
      className="flex gap-1 overflow-x-auto md:flex-col"
    >
      {TOOLS.map(({ tool: own, icon: Icon }) => (
        <button
          key={own}
          type="button"
          className="tool"
          aria-pressed={tool === own}
          onClick={() => onTool(tool === own ? null : own)}
        >
          <Icon size={21} aria-hidden="true" />
          {t(own)}
        </button>
      ))}
      <button type="button" className="tool" onClick={clear}>
        <Eraser size={21} aria-hidden="true" />
        {t('clear')}
      </button>
    </div>
  );
}
