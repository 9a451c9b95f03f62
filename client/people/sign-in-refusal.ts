export type SignInRefusal = 'wrong' | 'too_many' | 'no_access';

/** What next-auth puts into the address of a refused sign-in; anything else is a wrong password. */
export function refusalOf(error: string): SignInRefusal {
  return error === 'too_many' || error === 'no_access' ? error : 'wrong';
}
