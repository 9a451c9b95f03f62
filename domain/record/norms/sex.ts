/** For norms only, which are of women and men; who says nothing has no norm. */
export type Sex = 'female' | 'male';
