/**
 * With it a page says whose it is (a user id), so that nothing it asks or sends is taken for somebody else's who has signed
 * in since in another tab of the browser.
 */
export const ACCOUNT_HEADER = 'x-regrasp-account';
