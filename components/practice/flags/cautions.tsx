'use client';

import { CautionList, type CautionsProps } from './caution-list';
import { FLAG_WORK } from './flag-work';

/** The cautions with all that one does about them at hand. */
export function Cautions(props: CautionsProps) {
  return <CautionList {...props} work={FLAG_WORK} />;
}
