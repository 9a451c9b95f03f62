export type SignInRefusal = 'wrong' | 'too_many' | 'no_access' | 'no_cookies';

/** What next-auth puts into the address of a refused sign-in; anything else is a wrong password. */
export function refusalOf(error: string): SignInRefusal {
  return error === 'too_many' || error === 'no_access' ? error : 'wrong';
}
