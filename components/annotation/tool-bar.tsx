'use client';

import { ArrowUpRight, Eraser, PenLine, Triangle, Undo2 } from 'lucide-react';
import type { Tool } from '#client/annotation/drawing';
import { useTranslations } from '#client/device/words/translations';

const TOOLS = [
  { tool: 'pen', icon: PenLine },
  { tool: 'arrow', icon: ArrowUpRight },
  { tool: 'angle', icon: Triangle },
] as const satisfies readonly { tool: Tool; icon: unknown }[];

/** Chooses what the next mark is drawn with. Pressing the chosen tool again keeps it. */
export function ToolBar({
  tool,
  onTool,
  onClear,
  onUndo,
}: {
  tool: Tool;
  onTool(tool: Tool): void;
  onClear(): void;
  /** Removes one's own last mark of those that are shown. */
  onUndo(): void;
}) {
  const t = useTranslations('visit.tool');
  return (
    <div
      role="toolbar"
      aria-label={t('label')}
      aria-orientation="vertical"
      className="flex gap-1 overflow-x-auto md:flex-col"
    >
      {TOOLS.map(({ tool: own, icon: Icon }) => (
        <button key={own} type="button" className="tool" aria-pressed={tool === own} onClick={() => onTool(own)}>
          <Icon size={21} aria-hidden="true" />
          {t(own)}
        </button>
      ))}
      <button type="button" className="tool" onClick={onUndo}>
        <Undo2 size={21} aria-hidden="true" />
        {t('undo')}
      </button>
      <button type="button" className="tool" onClick={onClear}>
        <Eraser size={21} aria-hidden="true" />
        {t('clear')}
      </button>
    </div>
  );
}
